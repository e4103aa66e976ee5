// The chat list: newest first, each account once, with what is unread.
import type { Api, Chat } from '@teahouse/api'
import { computed, ref, shallowRef } from 'vue'

export type ChatListState = 'empty' | 'ready' | 'failed'

type ChatCalls = Pick<Api, 'chat' | 'chats' | 'markRead'>

const PAGE = 100

export class ChatList {
  readonly chats = shallowRef<readonly Chat[]>([])
  readonly state = ref<ChatListState>('empty')
  readonly unread = computed(() => this.chats.value.reduce((sum, chat) => sum + chat.unread, 0))

  readonly #api: ChatCalls
  #next: string | null = null
  /** Highest number that was said to be read, by account. */
  readonly #read = new Map<string, number>()
  /** Only the answer asked for last counts: an earlier one may come later. */
  readonly #asked = new Map<string, number>()
  #loads = 0

  constructor(api: ChatCalls) {
    this.#api = api
  }

  find(account: string): Chat | undefined {
    return this.chats.value.find((chat) => chat.account.id === account)
  }

  get hasMore(): boolean {
    return this.#next !== null
  }

  /** Reads the first page again. */
  async load(): Promise<void> {
    const load = (this.#loads += 1)
    try {
      const page = await this.#api.chats({ limit: PAGE })
      if (load !== this.#loads) return
      this.#next = page.next
      this.chats.value = sorted(page.chats)
      this.state.value = 'ready'
    } catch (error) {
      if (this.state.value === 'empty') this.state.value = 'failed'
      throw error
    }
  }

  async loadMore(): Promise<void> {
    const [after, load] = [this.#next, this.#loads]
    if (after === null) return
    const page = await this.#api.chats({ after, limit: PAGE })
    if (load !== this.#loads || after !== this.#next) return
    this.#next = page.next
    this.#put(page.chats)
  }

  /** Reads one row again. */
  async refresh(account: string): Promise<void> {
    const asked = (this.#asked.get(account) ?? 0) + 1
    this.#asked.set(account, asked)
    const { chat } = await this.#api.chat(account)
    if (asked === this.#asked.get(account) && chat.last) this.#put([chat])
  }

  /** Everything up to this message has been seen. */
  async markRead(account: string, seq: string): Promise<void> {
    const number = Number(seq)
    const before = this.#read.get(account) ?? 0
    if (number <= before) return
    this.#read.set(account, number)
    try {
      const { unread } = await this.#api.markRead(account, seq)
      this.#setUnread(account, unread)
    } catch (error) {
      if (this.#read.get(account) === number) this.#read.set(account, before)
      throw error
    }
  }

  #setUnread(account: string, unread: number): void {
    this.chats.value = this.chats.value.map((chat) =>
      chat.account.id === account ? { ...chat, unread } : chat,
    )
  }

  #put(chats: readonly Chat[]): void {
    const replaced = new Set(chats.map((chat) => chat.account.id))
    const others = this.chats.value.filter((chat) => !replaced.has(chat.account.id))
    this.chats.value = sorted([...chats, ...others])
  }
}

function sorted(chats: readonly Chat[]): Chat[] {
  return [...chats].sort((one, other) => lastAt(other) - lastAt(one))
}

function lastAt(chat: Chat): number {
  return chat.last ? Date.parse(chat.last.sent_at) : 0
}
