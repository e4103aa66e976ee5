// Pictures of every page and state, from the mock's demo world: `npm run screenshots -w e2e`.
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { DESKTOP, openBrowser, PHONE } from './browser.mjs'
import { startMock } from './mock/server.mjs'
import { demoWorld, World } from './mock/world.mjs'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))
const { values } = parseArgs({
  options: {
    dist: { type: 'string', default: here('../client/dist') },
    out: { type: 'string', default: here('screenshots') },
    only: { type: 'string', default: '' },
  },
})
await mkdir(values.out, { recursive: true })

const VARIANTS = [
  { name: 'phone', viewport: PHONE },
  { name: 'phone-dark', viewport: PHONE, colorScheme: 'dark' },
  { name: 'phone-en', viewport: PHONE, locale: 'en-US' },
  { name: 'phone-320', viewport: { width: 320, height: 640 } },
  { name: 'desktop', viewport: DESKTOP },
  { name: 'desktop-dark', viewport: DESKTOP, colorScheme: 'dark' },
  { name: 'desktop-en', viewport: DESKTOP, locale: 'en-US' },
]

for (const { name, ...options } of VARIANTS) {
  if (name.startsWith(values.only)) await shoot(name, options)
}

async function shoot(variant, options) {
  const world = demoWorld()
  const mock = await startMock(world, { dist: values.dist })
  const { page, close } = await openBrowser(options)
  const save = async (name) => {
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(350) // fonts, and the picture that decodes last
    await page.screenshot({ path: join(values.out, `${variant}-${name}.png`) })
  }
  const go = (path) => page.goto(`${mock.url}${path}`)
  const [, library, cinema] = world.accounts
  await go('/')
  await save('people')
  await page.getByRole('button', { name: '林夏' }).click()
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await save('chats')
  await go(`/chats/${library.id}`)
  await save('conversation')
  await trouble(page, mock, world)
  await save('trouble')
  mock.restore()
  await go('/accounts')
  await save('accounts')
  await go('/accounts?query=xyz')
  await save('accounts-none')
  await go(`/accounts/${library.id}`)
  await save('profile')
  await go(`/chats/${cinema.id}`)
  await save('not-following')
  await go('/chats/nobody')
  await save('missing')
  await go('/me')
  await save('me')
  await close()
  mock.close()
  await emptyWorld(variant, options)
}

/** Messages that wait and one that was refused, while the network is away. */
async function trouble(page, mock, world) {
  const field = page.getByRole('textbox')
  await page.route('**/messages', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    const english = world.people[0].language === 'en'
    const message = english ? 'The account takes no messages now.' : '这个账号现在不收消息。'
    const json = { error: 'not_allowed', message }
    await route.fulfill({ status: 403, json })
  }, { times: 1 })
  await field.fill('这一条会被拒绝')
  await field.press('Enter')
  await page.waitForTimeout(300)
  mock.cut()
  await field.fill('这一条等着网络\nhttps://example.com/tea')
  await field.press('Enter')
  await page.waitForTimeout(1_800)
}

async function emptyWorld(variant, options) {
  const world = new World()
  const mock = await startMock(world, { dist: values.dist })
  const { page, close } = await openBrowser(options)
  await page.goto(mock.url)
  await page.getByRole('textbox').fill('新来的人')
  await page.waitForTimeout(300)
  await page.screenshot({ path: join(values.out, `${variant}-people-empty.png`) })
  await page.locator('form button').click()
  await page.waitForTimeout(600)
  await page.screenshot({ path: join(values.out, `${variant}-chats-empty.png`) })
  await close()
  mock.close()
  const serve = await startMock(new World(), { dist: values.dist, mode: 'serve' })
  const visitor = await openBrowser(options)
  await visitor.page.goto(serve.url)
  await visitor.page.waitForTimeout(600)
  await visitor.page.screenshot({ path: join(values.out, `${variant}-serve.png`) })
  await visitor.close()
  serve.close()
}
