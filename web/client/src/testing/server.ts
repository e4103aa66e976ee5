// A conversation as the server keeps it, for tests of what reads and writes it.
import { ApiError, type Message, type MessagesPage, type MessagesQuery } from '@teahouse/api'

type Text = { from?: Message['from']; key?: string | null; at?: number }

const START = Date.parse('2026-11-24T10:00:00Z')

export class FakeConversation {
  messages: Message[] = []
  epoch = 1
  /** What was asked, in order. */
  readonly asked: MessagesQuery[] = []
  /** When set, the next read fails with it. */
  failure: Error | undefined

  say(content: string, { from = 'account', key = null, at }: Text = {}): Message {
    const seq = this.messages.length + 1
    const created_at = new Date(at ?? START + seq * 1_000).toISOString()
    const cursor = `${this.epoch}.${seq}`
    const message: Message = { cursor, seq: `${seq}`, from, created_at, key, type: 'text', content }
    this.messages.push(message)
    return message
  }

  /** Forgets everything, as the sandbox's reset does. */
  restart(): void {
    this.epoch += 1
    this.messages = []
  }

  read = async (query: MessagesQuery): Promise<MessagesPage> => {
    this.asked.push(query)
    const failure = this.failure
    this.failure = undefined
    if (failure) throw failure
    const limit = query.limit ?? 50
    const [from, to] = this.#range(query, limit)
    return {
      messages: this.messages.slice(from, to),
      next: this.#cursor(to),
      prev: from === 0 ? null : this.#cursor(from),
    }
  }

  #range({ after, before }: MessagesQuery, limit: number): [number, number] {
    const count = this.messages.length
    if (after !== undefined) {
      const from = this.#place(after)
      return [from, Math.min(count, from + limit)]
    }
    const to = before === undefined ? count : this.#place(before)
    return [Math.max(0, to - limit), to]
  }

  #place(cursor: string): number {
    if (cursor === '0') return 0
    const [epoch, place] = cursor.split('.').map(Number)
    if (epoch !== this.epoch) throw new ApiError(410, 'cursor_gone', '')
    return place!
  }

  #cursor(place: number): string {
    return place === 0 ? '0' : `${this.epoch}.${place}`
  }
}
