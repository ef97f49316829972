/// <reference types="vitest/config" />
import vueI18n from '@intlify/unplugin-vue-i18n/vite'
import tailwindcss from '@tailwindcss/vite'
import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { VitePWA } from 'vite-plugin-pwa'
import vueRouter from 'vue-router/vite'
import { builtFor, embeddedBackend, useEmbeddedKey } from './supabase/embedded/plugin.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig(({ mode }) => {
  useEmbeddedKey(mode)
  return {
    plugins: [
      vueRouter({ routesFolder: 'src/pages', dts: 'src/app/typed-router.d.ts' }),
      vue(),
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
    resolve: { alias: { '@': at('./src') } },
    server: { port: 5173 },
    build: {
      target: ['es2022', 'chrome100', 'safari15.4', 'firefox100'],
      manifest: true,
      reportCompressedSize: false,
      rolldownOptions: {
        output: {
          codeSplitting: {
            groups: [
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
            globalSetup: ['tests/support/setup-build.ts'],
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
            testTimeout: 120_000,
            hookTimeout: 120_000,
            fileParallelism: false,
          },
        },
      ],
    },
  }
})
