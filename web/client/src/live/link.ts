// Keeps one WebSocket open: it tells when to ask, and whether we are online.
import type { LiveEvent } from '@teahouse/api'
import { ref } from 'vue'
import { backoffMs } from './backoff'
import type { Cancel, Clock } from './clock'

export interface SocketEvents {
  text: (frame: string) => void
  closed: () => void
}

/** Opens a socket and answers how to close it. */
export type OpenSocket = (events: SocketEvents) => () => void

export interface LinkOptions {
  open: OpenSocket
  clock: Clock
  /** In [0, 1). */
  chance: () => number
  event: (event: LiveEvent) => void
  /** An attempt ended without a greeting: no network, no server, or nobody signed in. */
  refused?: () => void
}

/** `offline` is said only once an attempt to come back has failed: a blink is not worth a word. */
export type LinkState = 'closed' | 'connecting' | 'online' | 'offline'

/** A socket that says nothing for so long will not. */
const GREETING_WITHIN_MS = 10_000

export class LiveLink {
  readonly state = ref<LinkState>('closed')
  readonly #options: LinkOptions
  #failures = 0
  #close: (() => void) | undefined
  #timer: Cancel | undefined

  constructor(options: LinkOptions) {
    this.#options = options
  }

  start(): void {
    if (this.state.value !== 'closed') return
    this.state.value = 'connecting'
    this.#connect()
  }

  stop(): void {
    this.#release()
    this.#failures = 0
    this.state.value = 'closed'
  }

  /** The network is back or the page is looked at again: do not wait for the next attempt. */
  nudge(): void {
    if (this.state.value === 'closed' || this.#close) return
    this.#release()
    this.#connect()
  }

  #connect(): void {
    const { open, clock } = this.#options
    this.#timer = clock.after(GREETING_WITHIN_MS, () => this.#ended(close))
    const close = open({
      text: (frame) => this.#received(frame, close),
      closed: () => this.#ended(close),
    })
    this.#close = close
  }

  #received(frame: string, from: () => void): void {
    if (from !== this.#close) return
    const event = parse(frame)
    if (!event) return
    if (event.kind === 'hello') {
      this.#timer?.()
      this.#failures = 0
      this.state.value = 'online'
    }
    this.#options.event(event)
  }

  #ended(which: () => void): void {
    if (which !== this.#close) return // an older socket, already replaced
    const greeted = this.state.value === 'online'
    this.#release()
    this.#failures += 1
    this.state.value = greeted ? 'connecting' : 'offline'
    const wait = backoffMs(this.#failures, this.#options.chance())
    this.#timer = this.#options.clock.after(wait, () => this.#connect())
    if (!greeted) this.#options.refused?.()
  }

  #release(): void {
    this.#timer?.()
    this.#timer = undefined
    const close = this.#close
    this.#close = undefined
    close?.()
  }
}

/** Frames of a newer server may have kinds that this page does not know; they are let through. */
function parse(frame: string): LiveEvent | undefined {
  try {
    const value: unknown = JSON.parse(frame)
    return typeof value === 'object' && value !== null && 'kind' in value
      ? (value as LiveEvent)
      : undefined
  } catch {
    return undefined
  }
}
