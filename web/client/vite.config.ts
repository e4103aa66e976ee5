import vue from '@vitejs/plugin-vue'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { compress } from './build/compress.ts'

/** Where `npm run dev` finds the API: a `teahouse dev`, or the mock of `web/e2e`. */
const api = process.env.TEAHOUSE_URL ?? 'http://127.0.0.1:8080'

export default defineConfig({
  plugins: [vue(), compress()],
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_I18N_LEGACY_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: {
    target: 'es2022',
    assetsInlineLimit: 0, // a data: script or style would need a wider Content-Security-Policy
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/api': { target: api, ws: true },
      '/media': { target: api },
    },
  },
})
