// Somebody in front of the client: finds things by role and label, as people and readers do.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { deflateSync } from 'node:zlib'
import { openBrowser } from './browser.mjs'

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Long enough for a slow machine; nothing waits for it to pass. */
const PATIENCE_MS = 15_000

/** Opens the client at `url`; what the page complains about fails the story at `leave`. */
export async function visit(url, options) {
  const browser = await openBrowser(options)
  const visitor = new Visitor(url, browser)
  await visitor.go('/')
  return visitor
}

export class Visitor {
  #browser
  #complaints = []

  constructor(url, browser) {
    this.url = url
    this.page = browser.page
    this.#browser = browser
    this.watch(this.page)
  }

  watch(page) {
    page.setDefaultTimeout(PATIENCE_MS)
    page.on('pageerror', (error) => this.#complaints.push(String(error)))
    page.on('console', (message) => {
      const network = message.text().includes('Failed to load resource')
      const socket = message.text().includes('WebSocket connection')
      if (message.type() === 'error' && !network && !socket) this.#complaints.push(message.text())
    })
  }

  go(path) {
    return this.page.goto(`${this.url}${path}`)
  }

  async leave() {
    await this.#browser.close()
    assert.deepEqual(this.#complaints, [], 'the page complained')
  }

  button(name) {
    return this.page.getByRole('button', { name })
  }

  heading(name) {
    return this.page.getByRole('heading', { name })
  }

  get field() {
    return this.page.getByRole('textbox', { name: /写消息|Write a message/ })
  }

  get log() {
    return this.page.getByRole('log')
  }

  async create(nickname) {
    await this.page.getByRole('textbox', { name: /昵称|Nickname/ }).fill(nickname)
    await this.button(/新建并进入|Create and enter/).click()
    await this.heading(/^(消息|Chats)$/).waitFor()
  }

  /** Finds an account by its name and opens its page. */
  async find(name) {
    await this.go('/accounts')
    await this.page.getByRole('searchbox').or(this.page.getByPlaceholder(/gh_/)).first().fill(name)
    await this.page.getByRole('link', { name }).first().click()
    await this.page.locator('article').getByRole('heading', { name }).waitFor()
  }

  async follow(name) {
    await this.find(name)
    const page = this.page.locator('article')
    await page.getByRole('button', { name: /^(关注|Follow)$/ }).click()
    await page.getByRole('button', { name: /^(发消息|Message)$/ }).click()
    await this.field.waitFor()
  }

  async say(text) {
    await this.field.fill(text)
    await this.field.press('Enter')
  }

  /** Waits until a message that holds `text` is shown, `count` times. */
  async sees(text, count = 1) {
    const found = this.log.getByText(text, { exact: true })
    await found.first().waitFor()
    assert.equal(await found.count(), count, `“${text}” is shown ${count} time(s)`)
  }

  /** Waits until nothing is on its way any more. */
  async settled() {
    await this.log.getByText(/等着发送|正在发送|Waiting to be sent|^Sending$/).first()
      .waitFor({ state: 'detached' })
    assert.equal(await this.button(/重发|Resend/).count(), 0, 'everything was sent')
  }

  /** No violation of what axe-core knows, on the page as it is now. */
  async isAccessible(where) {
    await this.page.evaluate(AXE)
    const violations = await this.page.evaluate(async () => {
      const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
      const { violations } = await globalThis.axe.run({ runOnly: tags })
      return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`)
    })
    assert.deepEqual(violations, [], `axe-core at ${where}`)
  }

  /** Nothing sticks out at the side. */
  async fits(where) {
    const [width, room] = await this.page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return [scrollWidth, clientWidth]
    })
    assert.ok(width <= room, `${where}: ${width} px wide in ${room} px`)
  }
}

/** A PNG of one colour, made here so that its bytes are known. */
export function png(width, height) {
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x7d)])
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const end = Buffer.alloc(0)
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', end)])
}

function chunk(name, content) {
  const body = Buffer.concat([Buffer.from(name), content])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(content.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

function crc32(bytes) {
  let crc = ~0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0)
  }
  return ~crc >>> 0
}
