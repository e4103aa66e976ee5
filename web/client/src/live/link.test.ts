import type { LiveEvent } from '@teahouse/api'
import { describe, expect, it } from 'vitest'
import { FakeClock } from '@/testing/clock'
import { LiveLink, type SocketEvents } from './link'

class FakeSocket {
  open = true
  constructor(readonly events: SocketEvents) {}

  hello(): void {
    this.events.text('{"kind":"hello","person":"p1"}')
  }

  drop(): void {
    this.open = false
    this.events.closed()
  }
}

function start() {
  const clock = new FakeClock()
  const sockets: FakeSocket[] = []
  const events: LiveEvent[] = []
  let refused = 0
  const link = new LiveLink({
    clock,
    chance: () => 0,
    event: (event) => events.push(event),
    refused: () => (refused += 1),
    open(handlers) {
      const socket = new FakeSocket(handlers)
      sockets.push(socket)
      return () => (socket.open = false)
    },
  })
  link.start()
  return { clock, events, link, sockets, last: () => sockets.at(-1)!, refused: () => refused }
}

describe('the live link', () => {
  it('is online from the greeting on', () => {
    const { link, last, events } = start()
    expect(link.state.value).toBe('connecting')
    last().hello()
    expect(link.state.value).toBe('online')
    last().events.text('{"kind":"chat","account":"a","seq":"5"}')
    expect(events.map((event) => event.kind)).toEqual(['hello', 'chat'])
  })

  it('comes back quietly after a blink', async () => {
    const { clock, link, sockets, last } = start()
    last().hello()
    last().drop()
    expect(link.state.value).toBe('connecting')
    await clock.advance(1_000)
    expect(sockets).toHaveLength(2)
    last().hello()
    expect(link.state.value).toBe('online')
  })

  it('waits twice as long after each failure, half a minute at most', async () => {
    const { clock, link, last, refused } = start()
    const waits: number[] = []
    for (let attempt = 0; attempt < 7; attempt += 1) {
      last().drop()
      waits.push(clock.waits[0]!)
      await clock.advance(clock.waits[0]!)
    }
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000])
    expect(link.state.value).toBe('offline')
    expect(refused()).toBe(7)
  })

  it('starts from a second again once it was greeted', async () => {
    const { clock, last } = start()
    last().drop()
    await clock.advance(1_000)
    last().drop()
    await clock.advance(2_000)
    last().hello()
    last().drop()
    expect(clock.waits).toEqual([1_000])
  })

  it('gives up on a socket that never greets', async () => {
    const { clock, link, sockets } = start()
    await clock.advance(10_000)
    expect(sockets[0]!.open).toBe(false)
    expect(link.state.value).toBe('offline')
    await clock.advance(1_000)
    expect(sockets).toHaveLength(2)
  })

  it('does not wait when nudged, and leaves an open socket alone', () => {
    const { link, sockets, last } = start()
    last().drop()
    link.nudge()
    expect(sockets).toHaveLength(2)
    link.nudge()
    expect(sockets).toHaveLength(2)
  })

  it('ignores the end of a socket that was replaced, and frames after stop', () => {
    const { clock, link, sockets, last, events } = start()
    const first = last()
    link.stop()
    first.hello()
    first.drop()
    expect(events).toEqual([])
    expect(link.state.value).toBe('closed')
    expect(clock.waits).toEqual([])
    expect(sockets).toHaveLength(1)
  })

  it('lets nonsense and unknown kinds pass', () => {
    const { last, events, link } = start()
    last().hello()
    last().events.text('{')
    last().events.text('7')
    last().events.text('{"kind":"weather"}')
    expect(events.map((event) => event.kind)).toEqual(['hello', 'weather'])
    expect(link.state.value).toBe('online')
  })
})
