// What the mock knows: people, accounts, who follows whom, and what was said. All in memory.
import { randomBytes } from 'node:crypto'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

export const newId = () => randomBytes(16).toString('base64url')

export class World {
  people = []
  accounts = []
  /** `person account` -> { messages, read, followedAt } */
  conversations = new Map()
  sessions = new Map()
  uploads = new Map()
  #listeners = new Set()

  /** Calls with (person, event) whatever a live link should say. */
  onEvent(listener) {
    this.#listeners.add(listener)
  }

  tell(person, event) {
    for (const listener of this.#listeners) listener(person, event)
  }

  addPerson(fields) {
    const person = {
      id: newId(), nickname: '', sex: 0, language: 'zh_CN', country: '', province: '', city: '',
      avatar_url: null, ...fields,
    }
    this.people.push(person)
    return person
  }

  addAccount(fields) {
    const account = {
      id: newId(), name: '', kind: 'service', verified: true, introduction: '', avatar_url: null,
      username: `gh_${randomBytes(6).toString('hex')}`, answer: () => [], welcome: [], ...fields,
    }
    this.accounts.push(account)
    return account
  }

  conversation(person, account) {
    const key = `${person.id} ${account.id}`
    if (!this.conversations.has(key)) {
      this.conversations.set(key, { messages: [], read: 0, followedAt: null })
    }
    return this.conversations.get(key)
  }

  say(person, account, from, body, { key = null, ago = 0, quiet = false } = {}) {
    const { messages } = this.conversation(person, account)
    const seq = messages.length + 1
    const created_at = new Date(Date.now() - ago).toISOString()
    const message = { cursor: `1.${seq}.0`, seq: `${seq}`, from, created_at, key, ...body }
    messages.push(message)
    if (!quiet) this.tell(person.id, { kind: 'chat', account: account.id, seq: `${seq}` })
    return message
  }

  /** The account answers: it types for a moment, then each line comes. */
  answer(person, account, content) {
    const lines = account.answer(content)
    if (!lines.length) return
    this.tell(person.id, { kind: 'typing', account: account.id, on: true })
    setTimeout(() => {
      this.tell(person.id, { kind: 'typing', account: account.id, on: false })
      for (const body of lines) this.say(person, account, 'account', body)
    }, account.typesMs ?? 150)
  }
}

const text = (content) => ({ type: 'text', content })
const news = (...articles) => ({ type: 'news', articles })

const article = (title, description, picture) => ({
  title,
  description,
  url: 'https://example.com/article',
  picurl: picture ? `/media/${picture}.svg` : '',
})

/** The same names as in the demo world, with a little more to look at. */
export function demoWorld() {
  const world = new World()
  const linxia = world.addPerson({ nickname: '林夏' })
  world.addPerson({ nickname: 'Mei', language: 'en' })
  world.addPerson({ nickname: '老周' })

  const tea = world.addAccount({
    name: '半山茶铺',
    introduction: '山上的茶，山下的铺子。上新、试饮和订位都在这里说。',
    welcome: [text('欢迎来半山茶铺。回复“菜单”看今天有什么茶。')],
    answer: (content) =>
      content.includes('菜单')
        ? [news(article('今天的茶：三款武夷，一款白毫', '都可以先尝再买，十点到八点。', 'hills'))]
        : [text(`收到：“${content}”。店里的人看到就回。`)],
  })
  const library = world.addAccount({
    name: '云溪市图书馆',
    introduction: '借书、续借、看展、听讲座。周一闭馆，其余 9:00–21:00。',
    welcome: [text('欢迎来。可以直接问，也可以问“开馆时间”。')],
    answer: (content) => [text(`您问的是“${content}”。`)],
  })
  world.addAccount({
    name: '周五电影社', kind: 'subscription', verified: false, introduction: '每个周五，一部老电影。',
  })
  const transit = world.addAccount({ name: '云溪公交', introduction: '改道、首末班和失物招领。' })
  fill(world, linxia, { tea, library, transit })
  return world
}

function fill(world, person, { tea, library, transit }) {
  for (const account of [tea, library, transit]) {
    world.conversation(person, account).followedAt = new Date(Date.now() - 40 * DAY).toISOString()
  }
  const say = (account, from, ago, body) =>
    world.say(person, account, from, body, { ago, quiet: true })
  say(library, 'account', 9 * DAY, text('欢迎来。可以直接问，也可以问“开馆时间”。'))
  say(library, 'account', DAY + 200 * MINUTE, news(
    article('南馆开放了：四层楼，一万两千册新书', '', 'shelves'),
    article('周末讲座：老城的桥是怎么修的', '', 'bridge'),
    article('十二月新书单，编辑部选了二十本', '', 'hills'),
  ))
  say(library, 'person', 30 * MINUTE, text('《故乡的茶》到了吗？我今天下班路过'))
  say(library, 'account', 29 * MINUTE, text(
    '到了。总馆一楼自助书架 <a href="https://example.com/b12">B12</a>，刷读者证就能取。',
  ))
  say(library, 'person', 28 * MINUTE, {
    type: 'image', media_id: 'm1', url: '/media/bridge.svg', width: 640, height: 480,
  })
  say(library, 'system', 27 * MINUTE, { type: 'system', content: '对方暂时没有回复，你的留言已经收到。' })
  say(library, 'account', 26 * MINUTE, {
    type: 'location', latitude: 30.2741, longitude: 120.1551, scale: 16, label: '云溪市图书馆总馆，湖滨路 8 号',
  })
  say(tea, 'account', DAY + 300 * MINUTE, text('立冬喝一杯热的，周末第二杯半价。'))
  say(transit, 'account', 3 * DAY, text('2 路改道：南湖大桥维修到月底'))
  world.conversation(person, library).read = 5
  world.conversation(person, transit).read = 1
}
