// Networks that fail and histories that are long: only the mock can arrange these.
import assert from 'node:assert/strict'
import { visit } from '../visitor.mjs'

export const trouble = {
  async 'every kind of message is accessible, and so is the page before sign-in'({ url }) {
    const visitor = await visit(url)
    await visitor.button('林夏').click()
    await visitor.page.getByRole('link', { name: /云溪市图书馆/ }).click()
    await visitor.heading('南馆开放了：四层楼，一万两千册新书').waitFor()
    await visitor.isAccessible('conversation with cards')
    await visitor.page.route('**/session', (route) =>
      route.fulfill({ json: { mode: 'serve', version: '0.1.0', person: null } }),
    )
    await visitor.go('/')
    await visitor.heading('登录还没有开放').waitFor()
    await visitor.isAccessible('sign-in comes later')
    await visitor.leave()
  },

  async 'a lost server is said, and nothing is lost or doubled when it is back'({ url, mock }) {
    const { visitor, person, account } = await enter(url, mock)
    mock.cut()
    await visitor.page.getByText('没有连上网络').waitFor()
    await visitor.say('等服务回来')
    mock.world.say(person, account, 'account', { type: 'text', content: '期间来的回复' })
    await visitor.isAccessible('conversation, offline')
    mock.restore()
    await visitor.log.getByText('期间来的回复', { exact: true }).waitFor()
    await visitor.page.getByText('没有连上网络').waitFor({ state: 'detached' })
    await visitor.settled()
    const { messages } = mock.world.conversation(person, account)
    assert.equal(messages.filter((message) => message.content === '等服务回来').length, 1)
    assert.equal(await visitor.log.getByText('等服务回来', { exact: true }).count(), 1)
    await visitor.leave()
  },

  async 'a refused message says why and is sent again with its key'({ url, mock }) {
    const { visitor, person, account } = await enter(url, mock)
    const keys = []
    await visitor.page.route('**/messages', async (route) => {
      if (route.request().method() !== 'POST') return route.fallback()
      keys.push(route.request().postDataJSON().key)
      if (keys.length > 1) return route.fallback()
      return route.fulfill({ status: 403, json: { error: 'not_allowed', message: '现在不收。' } })
    })
    await visitor.say('再试一次')
    await visitor.log.getByText('没发出去：现在不收。').waitFor()
    await visitor.isAccessible('conversation, refused')
    await visitor.button('重发').click()
    await visitor.settled()
    assert.equal(keys.length, 2)
    assert.equal(keys[0], keys[1])
    const { messages } = mock.world.conversation(person, account)
    assert.equal(messages.filter((message) => message.key === keys[0]).length, 1)
    await visitor.leave()
  },

  async 'a text that was not sent survives a reload'({ url, mock }) {
    const { visitor } = await enter(url, mock)
    await visitor.page.route('**/messages', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.fallback(),
    )
    await visitor.say('重新打开也在')
    await visitor.log.getByText('等着发送').waitFor({ state: 'attached' })
    await visitor.page.unroute('**/messages')
    await visitor.page.reload()
    await visitor.log.getByText('重新打开也在', { exact: true }).waitFor()
    await visitor.settled()
    await visitor.leave()
  },

  async 'one sees that the account is typing'({ url, mock }) {
    const { visitor, person, account } = await enter(url, mock)
    mock.world.tell(person.id, { kind: 'typing', account: account.id, on: true })
    await visitor.page.getByText('正在输入…').waitFor()
    mock.world.tell(person.id, { kind: 'typing', account: account.id, on: false })
    await visitor.page.getByText('正在输入…').waitFor({ state: 'detached' })
    await visitor.leave()
  },

  async 'a message elsewhere counts as unread until it is seen'({ url, mock }) {
    const { visitor, person, account } = await enter(url, mock)
    await visitor.page.getByRole('button', { name: '返回' }).click()
    mock.world.say(person, account, 'account', { type: 'text', content: '新茶到了' })
    const row = visitor.page.getByRole('link', { name: /半山茶铺.*新茶到了.*1 条未读/s })
    await row.waitFor()
    await row.click()
    await visitor.sees('以下是新消息')
    await visitor.page.getByRole('button', { name: '返回' }).click()
    await visitor.page.getByText('1 条未读').first().waitFor({ state: 'detached' })
    await visitor.leave()
  },

  async 'a history of ten thousand messages is walked back with a page of constant size'({
    url, mock,
  }) {
    const { visitor, person, account } = await enter(url, mock, (world, who, what) => {
      for (let n = 1; n <= 10_000; n += 1) {
        const body = { type: 'text', content: `第 ${n} 条` }
        world.say(who, what, n % 3 ? 'account' : 'person', body, { quiet: true })
      }
    })
    const rows = visitor.log.locator('[data-row]')
    await visitor.log.getByText('第 10000 条', { exact: true }).waitFor()
    let lowest = Infinity
    for (let step = 0; step < 40; step += 1) {
      await visitor.log.evaluate((element) => (element.scrollTop = 300))
      await visitor.page.waitForTimeout(60)
      const count = await rows.count()
      assert.ok(count <= 120, `${count} rows are in the page`)
      const [, first] = /第 (\d+) 条/.exec(await rows.first().innerText())
      assert.ok(Number(first) <= lowest, 'one only goes back')
      lowest = Number(first)
    }
    assert.ok(lowest < 9_500, `walked back to ${lowest}`)
    mock.world.say(person, account, 'account', { type: 'text', content: '最新一条' })
    await visitor.button('1 条新消息').click()
    await visitor.sees('最新一条')
    await visitor.leave()
  },

  async 'what is seen stays in its place while older messages come'({ url, mock }) {
    const { visitor } = await enter(url, mock, (world, who, what) => {
      for (let n = 1; n <= 400; n += 1) {
        world.say(who, what, 'account', { type: 'text', content: `第 ${n} 条` }, { quiet: true })
      }
    })
    const target = visitor.log.getByText('第 305 条', { exact: true })
    await visitor.log.getByText('第 400 条', { exact: true }).waitFor()
    await target.evaluate((element) => element.scrollIntoView({ block: 'start' }))
    const before = (await target.boundingBox()).y
    await visitor.log.getByText('第 290 条', { exact: true }).waitFor({ state: 'attached' })
    assert.ok(Math.abs((await target.boundingBox()).y - before) < 2, 'it did not jump')
    await visitor.leave()
  },
}

/** A new person in front of a conversation with the tea shop. */
async function enter(url, mock, prepare = () => {}) {
  const { world } = mock
  const visitor = await visit(url)
  await visitor.create('小满')
  const person = world.people.at(-1)
  const account = world.accounts.find((one) => one.name === '半山茶铺')
  world.conversation(person, account).followedAt = new Date().toISOString()
  prepare(world, person, account)
  await visitor.go('/')
  if (!world.conversation(person, account).messages.length) {
    world.say(person, account, 'account', { type: 'text', content: '欢迎' })
  }
  await visitor.page.getByRole('link', { name: /半山茶铺/ }).click()
  await visitor.field.waitFor()
  await visitor.log.waitFor()
  return { visitor, person, account }
}
