import typescript from '@typescript-eslint/parser'
import vue from 'eslint-plugin-vue'

const IN = ['src/**/*.vue']

// Only what oxlint cannot see: the templates. Layout is oxfmt's.
export default [
  { ignores: ['dist/**', 'coverage/**', 'node_modules/**'] },
  ...vue.configs['flat/recommended-error'].map((config) => ({ ...config, files: IN })),
  { files: IN, rules: vue.configs['no-layout-rules'].rules },
  {
    files: IN,
    languageOptions: { parserOptions: { parser: typescript, sourceType: 'module' } },
    rules: {
      'vue/require-default-prop': 'off', // props are destructured with their defaults in TypeScript
      'vue/one-component-per-file': 'off',
      'vue/multi-word-component-names': ['error', { ignores: ['App'] }],
      'vue/no-template-target-blank': 'error',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/define-emits-declaration': 'error',
      'vue/no-unused-emit-declarations': 'error',
      'vue/no-unused-refs': 'error',
      'vue/no-useless-v-bind': 'error',
      'vue/no-v-html': 'error',
    },
  },
  { files: ['src/pages/**/*.vue'], rules: { 'vue/multi-word-component-names': 'off' } },
]
