// All that a person says and hears: the conversations that are open, and what is on its way.
import type { Api, Message } from '@teahouse/api'
import type { Clock } from '@/live/clock'
import { Timeline } from '@/conversations/timeline'
import { Outbox, type Outgoing } from './outbox'

/** A row of a conversation: what the server has, or what is not known to be there yet. */
export type Entry = { id: string; at: number } & (
  | { message: Message; outgoing?: undefined }
  | { outgoing: Outgoing; message?: undefined }
)

export interface TalkOptions {
  api: Pick<Api, 'messages' | 'send' | 'uploadImage'>
  clock: Clock
  chance: () => number
  newKey: () => string
  kept?: Outgoing[]
  keep?: (items: Outgoing[]) => void
}

/** Conversations that stay in memory after one has left them. */
const OPEN = 8

export class Talk {
  readonly outbox: Outbox
  readonly #api: TalkOptions['api']
  /** In the order of their last use. */
  readonly #timelines = new Map<string, Timeline>()

  constructor({ api, clock, chance, newKey, kept, keep }: TalkOptions) {
    this.#api = api
    const options = {
      clock,
      chance,
      newKey,
      keep,
      upload: async (file: Blob) => (await api.uploadImage(file)).upload,
      send: api.send,
      // A failure is told by the state of the link, which also sees to it that this is done again.
      sent: (account: string) => void this.sync(account).catch(() => {}),
    }
    this.outbox = new Outbox(options, kept)
  }

  /** The conversation with an account; the one used longest ago is dropped for it. */
  timeline(account: string): Timeline {
    const known = this.#timelines.get(account)
    const timeline = known ?? new Timeline((query) => this.#api.messages(account, query))
    this.#timelines.delete(account)
    this.#timelines.set(account, timeline)
    const [oldest] = this.#timelines.keys()
    if (this.#timelines.size > OPEN && oldest !== undefined) this.#timelines.delete(oldest)
    return timeline
  }

  /** Reads what is new in a conversation, if it is open; what was sent is then part of it. */
  async sync(account: string): Promise<void> {
    const sent = this.outbox.sentKeys(account)
    await this.#timelines.get(account)?.sync()
    this.outbox.settle(sent)
  }

  /** After a lost connection: every open conversation from its cursor, and what was not sent. */
  async resume(): Promise<void> {
    this.outbox.resume()
    await Promise.allSettled([...this.#timelines.keys()].map((account) => this.sync(account)))
  }

  /** What is on its way to an account and not yet among its messages. */
  pending(account: string): Outgoing[] {
    const timeline = this.#timelines.get(account)
    const items = this.outbox.items.value.filter((item) => item.account === account)
    return items.filter((item) => !timeline?.holds(item.key))
  }
}

export function entryOf(message: Message): Entry {
  return { id: message.key ?? message.cursor, at: Date.parse(message.created_at), message }
}

export function entryOfOutgoing(outgoing: Outgoing): Entry {
  return { id: outgoing.key, at: Date.parse(outgoing.written_at), outgoing }
}
