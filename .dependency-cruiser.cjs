/** Import directions (docs/architecture.md): app → pages → features → ui → lib, and a feature by its index.ts only. */
const layer = (name, ...above) => ({
  name: `${name}-imports-nothing-above-it`,
  severity: 'error',
  comment: `src/${name} must not import ${above.join(', ')}`,
  from: { path: `^src/${name}/`, pathNot: '\\.(spec|test)\\.ts$' },
  to: { path: `^src/(${above.join('|')})/` },
})

module.exports = {
  forbidden: [
    layer('pages', 'app'),
    layer('features', 'app', 'pages'),
    layer('ui', 'app', 'pages', 'features'),
    layer('lib', 'app', 'pages', 'features', 'ui'),
    {
      name: 'a-feature-is-entered-by-its-index',
      severity: 'error',
      comment: 'Import @/features/<name>, not a file inside it',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/([^/]+)/(?!index\\.ts$).+', pathNot: '^src/features/$1/' },
    },
    {
      name: 'pages-and-app-enter-a-feature-by-its-index',
      severity: 'error',
      comment: 'Import @/features/<name>, or one of its views lazily from a page',
      from: { path: '^src/(app|pages)/' },
      to: { path: '^src/features/[^/]+/(?!index\\.ts$|[A-Z]\\w*\\.vue$).+' },
    },
    {
      name: 'only-api-and-lib-touch-supabase',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(features/[^/]+/(api|.*\\.api)\\.ts$|lib/)|\\.(spec|test)\\.ts$' },
      to: { path: '@supabase/|^src/lib/supabase\\.ts$' },
    },
    {
      name: 'the-app-does-not-import-the-backend',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(supabase|tests)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: { path: '^(src|supabase|tests)/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: 'typed-router\\.d\\.ts|^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.vue', '.js', '.json'], conditionNames: ['import', 'default'] },
  },
}
