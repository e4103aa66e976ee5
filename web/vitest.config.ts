import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('client/src', import.meta.url)) } },
  test: { include: ['client/src/**/*.test.ts', 'packages/*/src/**/*.test.ts'] },
})
