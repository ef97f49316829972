/// <reference types="vitest/config" />
import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import vueRouter from 'vue-router/vite'
import { builtFor, embeddedBackend, useEmbeddedKey } from './supabase/embedded/plugin.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * vue-i18n and reka-ui ask the whole `vue` namespace whether a name exists in it, which keeps all of Vue (server
 * rendering, custom elements, KeepAlive …) in the first load. The Vue we pin has the names: say so.
 */
function onlyTheVueWeUse(): Plugin {
  return {
    name: 'sanlian:only-the-vue-we-use',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (/vue-i18n[\\/]dist/.test(id)) {
        return code.replace('if (key in Vue) {', 'if (false) {').replace('return Vue[key];', '')
      }
      if (/reka-ui[\\/]dist[\\/]shared[\\/]useId\.js/.test(id)) {
        return code.replace('else if ("useId" in vue)', 'else if (true)')
      }
      return undefined
    },
  }
}

export default defineConfig(({ mode }) => {
  useEmbeddedKey(mode)
  return {
    plugins: [
      vueRouter({ routesFolder: 'src/pages', dts: 'src/app/typed-router.d.ts' }),
      vue(),
      onlyTheVueWeUse(),
      vueI18n({
        include: [at('./src/locales/**/*.json')],
        runtimeOnly: true,
        compositionOnly: true,
        fullInstall: false,
        dropMessageCompiler: true,
        strictMessage: false,
      }),
      tailwindcss(),
      VitePWA({
        registerType: 'prompt',
        injectRegister: false,
        includeAssets: ['icons/*'],
        manifest: {
          id: '/',
          name: '三联',
          short_name: '三联',
          description: '社区志愿服务、党员责任、微心愿与积分',
          lang: 'zh-CN',
          start_url: '/',
          scope: '/',
          display: 'standalone',
          background_color: '#fbf8f2',
          theme_color: '#fbf8f2',
          icons: [
            { src: '/icons/icon-192.png', sizes: '192x192', type: 'image/png' },
            { src: '/icons/icon-512.png', sizes: '512x512', type: 'image/png' },
            { src: '/icons/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
            { src: '/icons/icon.svg', sizes: 'any', type: 'image/svg+xml' },
          ],
        },
        workbox: {
          // The shell and every screen work offline; what only the office opens is cached when it was used once.
          globPatterns: ['index.html', 'look.js', 'assets/*.{js,css,woff2}', 'icons/*.svg'],
          globIgnores: ['assets/{chart,excel,scanner}-*.js'],
          navigateFallback: '/index.html',
          navigateFallbackDenylist: [/^\/(rest|auth|storage|functions|realtime)\/v1\//],
          cleanupOutdatedCaches: true,
          runtimeCaching: [
            {
              urlPattern: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/assets/'),
              handler: 'CacheFirst',
              options: { cacheName: 'assets', expiration: { maxEntries: 60 } },
            },
          ],
        },
      }),
      embeddedBackend(),
      builtFor(),
    ],
    define: { __VUE_OPTIONS_API__: 'false' },
    resolve: { alias: { '@': at('./src') } },
    server: { port: 5173 },
    build: {
      // What Tailwind 4 asks for, too: color-mix and cascade layers.
      target: ['es2022', 'chrome111', 'safari16.4', 'firefox128'],
      manifest: true,
      reportCompressedSize: false,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
              {
                name: 'vue',
                test: /node_modules[\\/](@?vue|vue-router|vue-i18n|@intlify|pinia|@pinia)[\\/]/,
                priority: 2,
              },
              {
                name: 'shell',
                test: /src[\\/](ui[\\/](Ui(Banner|Button|Card|CorpsRibbon|CorpsTag|DemoWatermark|Drawing|IconButton|NoPermission|Skeleton|Spinner|State|Toaster)\.vue|toast|corps-icons)|lib[\\/](clock|corps|errors|id|kept|outbox|outbox-storage|session|storage|supabase|time)\.ts|app[\\/](access|i18n|theme)\.ts)/,
                priority: 1,
              },
              { name: 'chart', test: /node_modules[\\/](chart\.js|@kurkle)/ },
              {
                name: 'excel',
                test: /node_modules[\\/](read-excel-file|write-excel-file|papaparse|fflate|unzipper-esm)/,
              },
              { name: 'scanner', test: /node_modules[\\/](barcode-detector|zxing-wasm)/ },
            ],
          },
        },
      },
    },
    test: {
      reporters: ['default', './tests/support/count-reporter.ts'],
      maxWorkers: 2,
      projects: [
        {
          extends: true,
          test: { name: 'unit', include: ['src/**/*.spec.ts'], environment: 'happy-dom' },
        },
        { extends: true, test: { name: 'repo', include: ['tests/unit/**/*.test.ts'], environment: 'node' } },
        {
          extends: true,
          test: {
            name: 'sql',
            include: ['tests/sql/**/*.test.ts'],
            environment: 'node',
            globalSetup: ['tests/support/setup-pglite.ts'],
            testTimeout: 20_000,
            hookTimeout: 60_000,
          },
        },
        {
          extends: true,
          test: {
            name: 'db',
            include: ['tests/db/**/*.test.ts'],
            environment: 'node',
            globalSetup: ['tests/support/setup-postgres.ts'],
            testTimeout: 60_000,
            hookTimeout: 60_000,
          },
        },
        {
          extends: true,
          test: {
            name: 'start',
            include: ['tests/start/**/*.test.ts'],
            environment: 'node',
            globalSetup: ['tests/support/setup-app.ts'],
            testTimeout: 90_000,
            hookTimeout: 120_000,
          },
        },
        {
          extends: true,
          test: {
            name: 'e2e',
            include: ['tests/e2e/**/*.test.ts'],
            environment: 'node',
            globalSetup: ['tests/support/setup-app.ts'],
            // A browser on a busy machine: what fails twice has failed.
            retry: 1,
            testTimeout: 120_000,
            hookTimeout: 120_000,
            fileParallelism: false,
          },
        },
      ],
    },
  }
})
