// Every page for everyone: readers of screens, narrow screens, dark rooms.
import assert from 'node:assert/strict'
import { DESKTOP, PHONE } from '../browser.mjs'
import { visit } from '../visitor.mjs'

const NARROW = { width: 320, height: 640 }

const SCREENS = [
  { name: 'phone', viewport: PHONE },
  { name: 'phone, dark', viewport: PHONE, colorScheme: 'dark' },
  { name: 'phone, English', viewport: PHONE, locale: 'en-US' },
  { name: 'narrow', viewport: NARROW },
  { name: 'desktop', viewport: DESKTOP },
  { name: 'desktop, dark, English', viewport: DESKTOP, colorScheme: 'dark', locale: 'en-US' },
]

/** What a first visit may cost, compressed: a second on a slow phone's network. */
const SCRIPT_BYTES = 120_000
const STYLE_BYTES = 30_000

export const everyone = {
  ...Object.fromEntries(
    SCREENS.map(({ name, ...options }) => [`every page is accessible: ${name}`, walk(options)]),
  ),

  async 'the chat list costs at most 120 kB of script and 30 kB of style'({ url }) {
    const visitor = await visit(url)
    await visitor.create('小满')
    const session = await visitor.page.context().newCDPSession(visitor.page)
    await session.send('Network.setCacheDisabled', { cacheDisabled: true })
    const requests = []
    visitor.page.on('requestfinished', (request) => requests.push(request))
    await visitor.page.reload() // answers at the load event: the other pages come later
    const [script, style] = [await bytes(requests, 'script'), await bytes(requests, 'stylesheet')]
    assert.ok(script > 0 && script <= SCRIPT_BYTES, `${script} bytes of script`)
    assert.ok(style > 0 && style <= STYLE_BYTES, `${style} bytes of style`)
    await visitor.leave()
  },
}

/** As compressed on the way; the browser's own count is off where a script was preloaded. */
async function bytes(requests, type) {
  const chosen = requests.filter((request) => request.resourceType() === type)
  const answers = await Promise.all(chosen.map((request) => request.response()))
  const lengths = await Promise.all(answers.map((answer) => answer.headerValue('content-length')))
  return lengths.reduce((sum, length) => sum + Number(length), 0)
}

function walk(options) {
  return async ({ url }) => {
    const visitor = await visit(url, options)
    const check = async (where) => {
      await visitor.isAccessible(where)
      await visitor.fits(where)
    }
    await visitor.button('林夏').waitFor()
    await check('people')
    await visitor.create('小满')
    await check('chats, empty')
    await visitor.find('半山茶铺')
    await check('profile')
    await visitor.page.getByRole('button', { name: /^(关注|Follow)$/ }).first().click()
    await visitor.page.getByRole('button', { name: /^(发消息|Message)$/ }).click()
    await visitor.say('你好 https://example.com/tea')
    await visitor.sees(/^你好/)
    await visitor.settled()
    await check('conversation')
    await visitor.go('/')
    await visitor.page.getByRole('link', { name: '半山茶铺' }).first().waitFor()
    await check('chats')
    await visitor.go('/accounts')
    await visitor.page.getByRole('link', { name: '云溪市图书馆' }).first().waitFor()
    await check('accounts')
    await visitor.go('/accounts?query=nobodyhasthisname')
    await visitor.heading(/nobodyhasthisname/).waitFor()
    await check('accounts, nothing found')
    await visitor.go('/me')
    await visitor.heading(/^(我|Me)$/).waitFor()
    await check('me')
    await visitor.go('/chats/AAAAAAAAAAAAAAAAAAAAAA')
    await visitor.heading(/没有这个账号|no such account/).waitFor()
    await check('an account that is not there')
    await visitor.leave()
  }
}
