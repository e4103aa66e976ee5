// The messages of one conversation as the server has them: read from cursors, each exactly once.
import { ApiError, type Message, type MessagesPage, type MessagesQuery } from '@teahouse/api'
import { ref, shallowRef, triggerRef } from 'vue'

export type ReadPage = (query: MessagesQuery) => Promise<MessagesPage>

export type TimelineState = 'empty' | 'ready' | 'failed'

/** The most that the server gives at once. */
const PAGE = 100

/** After a longer absence the latest page is loaded instead; what lies between is scrolled to. */
const CATCH_UP_PAGES = 5

export class Timeline {
  /** Oldest first. Changed in place: a hundred thousand messages are not copied for one more. */
  readonly messages = shallowRef<Message[]>([])
  readonly state = ref<TimelineState>('empty')
  /** Grows by what was put before the first message, so that a view can keep its place. */
  readonly prepended = ref(0)
  /** Counts fresh starts: places of before mean nothing afterwards. */
  readonly epoch = ref(0)

  readonly #read: ReadPage
  readonly #cursors = new Set<string>()
  readonly #keys = new Set<string>()
  #next: string | undefined
  #previous: string | null = null
  #syncing: Promise<void> | undefined
  #again = false
  #older: Promise<void> | undefined

  constructor(read: ReadPage) {
    this.#read = read
  }

  /** Whether there may be something before the first message. */
  get hasOlder(): boolean {
    return this.#previous !== null
  }

  /** Whether the own message with this key has arrived. */
  holds(key: string): boolean {
    return this.#keys.has(key)
  }

  /**
   * Reads all that is new. Calls while it runs make it look once more, so that whoever waits for
   * this promise has everything that was there when he called.
   */
  sync(): Promise<void> {
    this.#again = true
    this.#syncing ??= this.#syncAll().finally(() => (this.#syncing = undefined))
    return this.#syncing
  }

  /** Reads one page further back. */
  loadOlder(): Promise<void> {
    this.#older ??= this.#readOlder().finally(() => (this.#older = undefined))
    return this.#older
  }

  async #syncAll(): Promise<void> {
    while (this.#again) {
      this.#again = false
      try {
        await (this.#next === undefined ? this.#readLatest() : this.#catchUp(this.#next))
      } catch (error) {
        if (this.state.value === 'empty') this.state.value = 'failed'
        throw error
      }
    }
  }

  async #readLatest(): Promise<void> {
    const page = await this.#read({ limit: PAGE })
    this.#startFrom(page)
  }

  async #catchUp(from: string): Promise<void> {
    let after = from
    try {
      for (let read = 0; read < CATCH_UP_PAGES; read += 1) {
        const page = await this.#read({ after, limit: PAGE })
        this.#append(page.messages)
        this.#next = after = page.next
        if (page.messages.length < PAGE) return
      }
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'cursor_gone')) throw error
    }
    await this.#readLatest()
  }

  async #readOlder(): Promise<void> {
    const [before, epoch] = [this.#previous, this.epoch.value]
    if (before === null) return
    try {
      const page = await this.#read({ before, limit: PAGE })
      if (epoch !== this.epoch.value) return // the page belongs to what is no longer shown
      this.#previous = page.prev
      this.#prepend(page.messages)
    } catch (error) {
      if (!(error instanceof ApiError && error.code === 'cursor_gone')) throw error
      await this.#readLatest()
    }
  }

  #startFrom(page: MessagesPage): void {
    this.#cursors.clear()
    this.#keys.clear()
    this.messages.value = []
    this.#next = page.next
    this.#previous = page.prev
    this.epoch.value += 1
    this.#append(page.messages)
    this.state.value = 'ready'
  }

  #prepend(page: Message[]): void {
    const fresh = page.filter((message) => this.#note(message))
    this.messages.value.unshift(...fresh)
    this.prepended.value += fresh.length
    triggerRef(this.messages)
  }

  #append(page: Message[]): void {
    for (const message of page) {
      if (this.#note(message)) insert(this.messages.value, message)
    }
    triggerRef(this.messages)
  }

  /** False if it is already here. */
  #note(message: Message): boolean {
    if (this.#cursors.has(message.cursor)) return false
    this.#cursors.add(message.cursor)
    if (message.key) this.#keys.add(message.key)
    return true
  }
}

/** A send to many may become visible late, with the instant at which it was sent. */
function insert(messages: Message[], message: Message): void {
  let place = messages.length
  while (place > 0 && isBefore(message, messages[place - 1]!)) place -= 1
  messages.splice(place, 0, message)
}

function isBefore(one: Message, other: Message): boolean {
  return Date.parse(one.created_at) < Date.parse(other.created_at)
}
