// What was written here and is not yet known to be on the server: sent in order, each once.
import { ApiError, type NewMessage, Unreachable } from '@teahouse/api'
import { shallowRef } from 'vue'
import { backoffMs } from '@/live/backoff'
import type { Cancel, Clock } from '@/live/clock'

export interface Picture {
  type: 'image'
  file: Blob
  /** An address that shows the file while it is on its way. */
  preview: string
  width: number
  height: number
}

export type Draft = { type: 'text'; content: string } | Picture

/** `sent` is on the server, but the conversation has not been read as far as that. */
export type OutgoingState = 'waiting' | 'sending' | 'sent' | 'failed'

export interface Outgoing {
  readonly account: string
  /** Made once: a second attempt with it cannot double the message. */
  readonly key: string
  readonly draft: Draft
  /** RFC 3339. */
  readonly written_at: string
  readonly state: OutgoingState
  /** Why it failed, in the server's words for this person. */
  readonly reason?: string
  /** The picture is on the server already. */
  readonly upload?: string
}

export interface OutboxOptions {
  clock: Clock
  /** In [0, 1). */
  chance: () => number
  newKey: () => string
  upload: (file: Blob) => Promise<string>
  send: (account: string, message: NewMessage) => Promise<unknown>
  /** A message is on the server: the conversation has something new. */
  sent: (account: string) => void
  /** Texts survive a reload of the page; files cannot. */
  keep?: (items: Outgoing[]) => void
}

/** A server that is busy for so many attempts in a row (about 15 s) is a failure to be told. */
const ATTEMPTS = 5

export class Outbox {
  readonly items = shallowRef<readonly Outgoing[]>([])
  readonly #options: OutboxOptions
  /** Accounts with a message on its way, or waiting to try again. */
  readonly #running = new Map<string, Cancel>()

  constructor(options: OutboxOptions, kept: readonly Outgoing[] = []) {
    this.#options = options
    this.items.value = kept
  }

  add(account: string, draft: Draft): void {
    const { clock, newKey } = this.#options
    const written_at = new Date(clock.now()).toISOString()
    const item: Outgoing = { account, key: newKey(), draft, written_at, state: 'waiting' }
    this.#set([...this.items.value, item])
    this.#run(account)
  }

  /** Tries a failed one again, with the same key. */
  retry(key: string): void {
    const item = this.#change(key, { state: 'waiting', reason: undefined })
    if (item) this.#run(item.account)
  }

  discard(key: string): void {
    this.#set(this.items.value.filter((item) => item.key !== key || item.state === 'sending'))
  }

  /** The connection is back: nobody waits any longer. */
  resume(): void {
    const accounts = new Set(this.items.value.map((item) => item.account))
    for (const account of accounts) {
      const cancel = this.#running.get(account)
      cancel?.()
      this.#run(account)
    }
  }

  /** Keys of an account's messages that the server has. */
  sentKeys(account: string): string[] {
    const items = this.items.value.filter((item) => item.account === account)
    return items.filter((item) => item.state === 'sent').map((item) => item.key)
  }

  /** The conversation shows these now. */
  settle(keys: readonly string[]): void {
    if (keys.length) this.#set(this.items.value.filter((item) => !keys.includes(item.key)))
  }

  /** Nothing more is tried: the person has signed out. */
  stop(): void {
    for (const cancel of this.#running.values()) cancel()
    this.#running.clear()
    this.items.value = []
  }

  #run(account: string, failures = 0): void {
    if (this.#running.has(account)) return
    const item = this.items.value.find((one) => one.account === account && one.state === 'waiting')
    if (!item) return
    this.#running.set(account, () => {})
    void this.#attempt(item.key, item, failures)
  }

  async #attempt(key: string, { account, draft }: Outgoing, failures: number): Promise<void> {
    this.#change(key, { state: 'sending' })
    try {
      await this.#options.send(account, await this.#message(key, draft))
    } catch (error) {
      this.#failed(key, account, error, failures + 1)
      return
    }
    if (!this.#change(key, { state: 'sent' })) return
    this.#running.delete(account)
    this.#run(account)
    this.#options.sent(account)
  }

  async #message(key: string, draft: Draft): Promise<NewMessage> {
    if (draft.type === 'text') return { key, type: 'text', content: draft.content }
    const known = this.items.value.find((item) => item.key === key)?.upload
    const upload = known ?? (await this.#options.upload(draft.file))
    this.#change(key, { upload })
    return { key, type: 'image', upload }
  }

  #failed(key: string, account: string, error: unknown, failures: number): void {
    const passing = error instanceof ApiError && error.passing && failures < ATTEMPTS
    if (error instanceof Unreachable || passing) {
      if (!this.#change(key, { state: 'waiting' })) return
      const wait = backoffMs(failures, this.#options.chance())
      const stop = this.#options.clock.after(wait, () => this.#again(account, failures))
      this.#running.set(account, () => {
        stop()
        this.#running.delete(account)
      })
      return
    }
    const reason = error instanceof ApiError ? error.message : undefined
    if (!this.#change(key, { state: 'failed', reason })) return
    this.#running.delete(account)
    this.#run(account)
  }

  #again(account: string, failures: number): void {
    this.#running.delete(account)
    this.#run(account, failures)
  }

  #change(key: string, change: Partial<Outgoing>): Outgoing | undefined {
    const item = this.items.value.find((one) => one.key === key)
    if (item) this.#set(this.items.value.map((one) => (one === item ? { ...one, ...change } : one)))
    return item
  }

  #set(items: readonly Outgoing[]): void {
    this.items.value = items
    const texts = items.filter((item) => item.draft.type === 'text' && item.state !== 'sent')
    this.#options.keep?.(texts)
  }
}
