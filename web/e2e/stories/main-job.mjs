// What the product is for: a person writes, an account answers, both see it at once.
import assert from 'node:assert/strict'
import { DESKTOP } from '../browser.mjs'
import { png, visit } from '../visitor.mjs'

const TEA = '半山茶铺'
const LIBRARY = '云溪市图书馆'

export const mainJob = {
  async 'a newcomer follows an account, writes, and sees the answer live'({ url }) {
    const visitor = await visit(url)
    await visitor.create('小满')
    await visitor.page.getByText('这里还没有消息').waitFor()
    await visitor.follow(TEA)
    const before = await said(visitor)
    await visitor.say('你好，今天有什么茶？')
    await visitor.sees('你好，今天有什么茶？')
    await visitor.settled()
    await visitor.page.waitForFunction(
      (count) => document.querySelectorAll('[role=log] [data-row]').length >= count + 2,
      before,
    )
    await visitor.page.reload()
    await visitor.sees('你好，今天有什么茶？')
    await visitor.page.getByRole('button', { name: '返回' }).click()
    await visitor.page.locator('article').getByRole('heading', { name: TEA }).waitFor()
    await visitor.go('/')
    await visitor.page.getByRole('link', { name: TEA }).waitFor()
    await visitor.leave()
  },

  async 'a picture is picked, shown, enlarged and closed'({ url }) {
    const visitor = await visit(url)
    await visitor.create('小满')
    await visitor.follow(TEA)
    const file = { name: 'tea.png', mimeType: 'image/png', buffer: png(320, 180) }
    await visitor.page.getByLabel('发图片').setInputFiles(file)
    const picture = visitor.log.getByRole('button', { name: '看大图' })
    await picture.waitFor()
    await visitor.settled()
    await visitor.page.waitForFunction(() => {
      const image = document.querySelector('[role=log] img')
      return image?.naturalWidth === 320 && !image.src.startsWith('blob:')
    })
    await picture.click()
    await visitor.page.getByRole('dialog', { name: '图片' }).waitFor()
    await visitor.page.keyboard.press('Escape')
    await visitor.page.getByRole('dialog').waitFor({ state: 'detached' })
    await visitor.leave()
  },

  async 'an account with a developer’s server takes messages too'({ url }) {
    const visitor = await visit(url)
    await visitor.create('小满')
    await visitor.follow(LIBRARY)
    await visitor.say('开馆时间')
    await visitor.sees('开馆时间')
    await visitor.settled()
    await visitor.leave()
  },

  async 'a second window of the same person sees what the first one writes'({ url }) {
    const visitor = await visit(url)
    await visitor.create('小满')
    await visitor.follow(TEA)
    const other = await visitor.page.context().newPage()
    visitor.watch(other)
    await other.goto(visitor.page.url())
    await other.getByRole('log').waitFor()
    await visitor.say('两个窗口都看得到')
    await other.getByRole('log').getByText('两个窗口都看得到', { exact: true }).waitFor()
    await visitor.leave()
  },

  async 'somebody of the demo world is chosen from the list'({ url }) {
    const visitor = await visit(url)
    await visitor.button('林夏').click()
    await visitor.heading('消息').waitFor()
    await visitor.go('/me')
    assert.equal(await visitor.page.getByLabel('昵称').inputValue(), '林夏')
    await visitor.button('换一个人').click()
    await visitor.button('林夏').waitFor()
    await visitor.leave()
  },

  async 'the desktop has list, conversation and account side by side'({ url }) {
    const visitor = await visit(url, { viewport: DESKTOP, locale: 'en-US' })
    await visitor.create('Xiaoman')
    await visitor.follow(TEA)
    await visitor.page.getByRole('complementary', { name: 'About the account' }).waitFor()
    await visitor.page.getByRole('link', { name: TEA }).first().waitFor()
    await visitor.field.fill('one')
    await visitor.field.press('Shift+Enter')
    await visitor.field.pressSequentially('two')
    await visitor.field.press('Enter')
    await visitor.sees(/^one\ntwo$/)
    await visitor.settled()
    await visitor.leave()
  },

  async 'both languages are complete and kept'({ url }) {
    const visitor = await visit(url)
    await visitor.create('小满')
    await visitor.go('/me')
    await visitor.page.getByText('English').click()
    await visitor.heading('Me').waitFor()
    assert.equal(await visitor.page.getAttribute('html', 'lang'), 'en')
    await visitor.page.reload()
    await visitor.heading('Me').waitFor()
    for (const path of ['/', '/accounts', '/me']) {
      await visitor.go(path)
      await visitor.page.getByRole('heading', { level: 1 }).first().waitFor()
      const own = await visitor.page.evaluate(() => document.querySelector('nav').innerText)
      assert.doesNotMatch(own, /[\u4e00-\u9fff]/)
    }
    await visitor.page.getByText('简体中文').click()
    await visitor.heading('我').waitFor()
    await visitor.leave()
  },

  async 'what is written without a network is sent once when it is back'({ url }) {
    const visitor = await visit(url)
    await visitor.create('小满')
    await visitor.follow(TEA)
    await visitor.page.context().setOffline(true)
    await visitor.say('没有网络时写的')
    await visitor.log.getByText('等着发送').waitFor({ state: 'attached' })
    await visitor.page.context().setOffline(false)
    await visitor.settled()
    await visitor.page.reload()
    await visitor.log.getByText('没有网络时写的', { exact: true }).waitFor()
    assert.equal(await visitor.log.getByText('没有网络时写的', { exact: true }).count(), 1)
    await visitor.leave()
  },
}

function said({ page }) {
  return page.locator('[role=log] [data-row]').count()
}
