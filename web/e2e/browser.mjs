// Chromium of the system, with nothing that reaches outside.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
]

export const PHONE = { width: 390, height: 844 }
export const DESKTOP = { width: 1440, height: 900 }

/** A browser of its own for one visitor: `{ page, close }`. */
export async function openBrowser(options = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'teahouse-browser-'))
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: FLAGS,
    viewport: PHONE,
    locale: 'zh-CN',
    reducedMotion: 'reduce',
    ...options,
  })
  const page = context.pages()[0] ?? (await context.newPage())
  return {
    page,
    async close() {
      await context.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
