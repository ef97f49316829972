import { readFileSync } from 'node:fs'

// The first load of the public home: the entry, what it imports statically, and the page of the address `/`.

const HOME = /^src\/pages\/(\([^/]+\)\/)?index\.vue$/

/** @type {Record<string, { file: string, src?: string, isEntry?: boolean, imports?: string[], css?: string[] }>} */
const manifest = JSON.parse(readFileSync(new URL('dist/.vite/manifest.json', import.meta.url), 'utf8'))
const roots = Object.keys(manifest).filter((key) => manifest[key].isEntry || HOME.test(manifest[key].src ?? key))
if (!roots.some((key) => HOME.test(manifest[key].src ?? key)))
  throw new Error('src/pages/index.vue is not in the build')

const files = new Set()
const collect = (key) => {
  const chunk = manifest[key]
  if (!chunk || files.has(`dist/${chunk.file}`)) return
  files.add(`dist/${chunk.file}`)
  for (const css of chunk.css ?? []) files.add(`dist/${css}`)
  for (const imported of chunk.imports ?? []) collect(imported)
}
for (const key of roots) collect(key)

const ending = (end) => [...files].filter((file) => file.endsWith(end))

export default [
  { name: 'JavaScript of the first load', path: ending('.js'), limit: '100 kB', gzip: true },
  { name: 'CSS of the first load', path: ending('.css'), limit: '20 kB', gzip: true },
]
