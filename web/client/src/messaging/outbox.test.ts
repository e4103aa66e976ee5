import { ApiError, type NewMessage, Unreachable } from '@teahouse/api'
import { describe, expect, it } from 'vitest'
import { FakeClock, rest } from '@/testing/clock'
import { type Draft, Outbox, type Outgoing } from './outbox'

const text = (content: string): Draft => ({ type: 'text', content })
const picture = (): Draft => {
  return { type: 'image', file: new Blob(['x']), preview: 'blob:1', width: 4, height: 3 }
}

/** A server that stores each key once; `answers` are what the next calls meet instead. */
function start(kept: Outgoing[] = []) {
  const clock = new FakeClock()
  const stored = new Map<string, NewMessage>()
  const answers: (Error | 'lost' | undefined)[] = []
  const uploads: Error[] = []
  const notices: string[] = []
  let keys = 0
  let calls = 0
  let uploaded = 0
  let keptNow: Outgoing[] = []
  const outbox = new Outbox(
    {
      clock,
      chance: () => 0,
      newKey: () => `k${(keys += 1)}`,
      sent: (account) => notices.push(account),
      keep: (items) => (keptNow = items),
      async upload() {
        const failure = uploads.shift()
        if (failure) throw failure
        return `u${(uploaded += 1)}`
      },
      async send(_, message) {
        calls += 1
        const answer = answers.shift()
        if (answer instanceof Error) throw answer
        if (!stored.has(message.key)) stored.set(message.key, message)
        if (answer === 'lost') throw new Unreachable() // stored, but the answer got lost
      },
    },
    kept,
  )
  const states = () => outbox.items.value.map((item) => item.state)
  return {
    answers, clock, notices, outbox, states, stored, uploads,
    calls: () => calls, kept: () => keptNow, uploaded: () => uploaded,
  }
}

describe('the outbox', () => {
  it('shows a message at once and sends it', async () => {
    const { outbox, states, stored, notices } = start()
    outbox.add('a', text('hi'))
    expect(states()).toEqual(['sending'])
    await rest()
    expect(states()).toEqual(['sent'])
    expect([...stored.values()]).toEqual([{ key: 'k1', type: 'text', content: 'hi' }])
    expect(notices).toEqual(['a'])
  })

  it('keeps the order within a conversation', async () => {
    const { outbox, answers, clock, stored } = start()
    answers.push(new Unreachable())
    for (const word of ['one', 'two', 'three']) outbox.add('a', text(word))
    await clock.advance(1_000)
    expect([...stored.keys()]).toEqual(['k1', 'k2', 'k3'])
  })

  it('lets one conversation not hold up another', async () => {
    const { outbox, answers, states } = start()
    answers.push(new Unreachable())
    outbox.add('a', text('stuck'))
    outbox.add('b', text('free'))
    await rest()
    expect(states()).toEqual(['waiting', 'sent'])
  })

  it('doubles nothing when the answer got lost', async () => {
    const { outbox, answers, clock, stored, states, calls } = start()
    answers.push('lost')
    outbox.add('a', text('once'))
    await rest()
    expect(states()).toEqual(['waiting'])
    await clock.advance(1_000)
    expect(states()).toEqual(['sent'])
    expect([stored.size, calls()]).toEqual([1, 2])
  })

  it('waits as long as there is no network, and not a moment longer', async () => {
    const { outbox, answers, clock, states, calls } = start()
    for (let n = 0; n < 12; n += 1) answers.push(new Unreachable())
    outbox.add('a', text('patient'))
    await clock.advance(180_000)
    expect(states()).toEqual(['waiting'])
    answers.length = 0
    const before = calls()
    outbox.resume()
    await rest()
    expect(states()).toEqual(['sent'])
    expect(calls()).toBe(before + 1)
    expect(clock.waits).toEqual([])
  })

  it('does not send again what is on its way when the connection comes back', async () => {
    const { outbox, calls } = start()
    outbox.add('a', text('hi'))
    outbox.resume()
    await rest()
    expect(calls()).toBe(1)
  })

  it('says why one was refused, goes on with the next, and retries with the same key', async () => {
    const { outbox, answers, states, stored } = start()
    answers.push(new ApiError(409, 'not_following', '先关注才能发消息。'))
    outbox.add('a', text('refused'))
    outbox.add('a', text('fine'))
    await rest()
    expect(states()).toEqual(['failed', 'sent'])
    expect(outbox.items.value[0]!.reason).toBe('先关注才能发消息。')
    outbox.retry('k1')
    await rest()
    expect(states()).toEqual(['sent', 'sent'])
    expect(outbox.items.value[0]!.reason).toBeUndefined()
    expect(stored.get('k1')).toMatchObject({ content: 'refused' })
  })

  it('gives a busy server five attempts', async () => {
    const { outbox, answers, clock, states, calls } = start()
    for (let n = 0; n < 5; n += 1) answers.push(new ApiError(503, 'busy', 'busy'))
    outbox.add('a', text('hi'))
    await clock.advance(60_000)
    expect(states()).toEqual(['failed'])
    expect(calls()).toBe(5)
  })

  it('uploads a picture once, even if sending it takes two attempts', async () => {
    const { outbox, answers, clock, stored, uploaded } = start()
    answers.push(new Unreachable())
    outbox.add('a', picture())
    await clock.advance(1_000)
    expect(uploaded()).toBe(1)
    expect([...stored.values()]).toEqual([{ key: 'k1', type: 'image', upload: 'u1' }])
  })

  it('fails with the reason when the picture is refused', async () => {
    const { outbox, uploads } = start()
    uploads.push(new ApiError(415, 'wrong_type', '不是图片。'))
    outbox.add('a', picture())
    await rest()
    expect(outbox.items.value[0]).toMatchObject({ state: 'failed', reason: '不是图片。' })
  })

  it('keeps texts over a reload, until they are sent, and sends them with their keys', async () => {
    const first = start()
    first.answers.push(new Unreachable())
    first.outbox.add('a', text('unsent'))
    first.outbox.add('a', picture())
    await rest()
    const kept = first.kept()
    expect(kept.map((item) => item.key)).toEqual(['k1'])

    const second = start(kept)
    second.outbox.resume()
    await rest()
    expect([...second.stored.keys()]).toEqual(['k1'])
    expect(second.kept()).toEqual([])
  })

  it('forgets what the conversation shows and what was discarded', async () => {
    const { outbox, answers } = start()
    answers.push(undefined, new ApiError(422, 'invalid', ''))
    outbox.add('a', text('sent'))
    outbox.add('a', text('failed'))
    await rest()
    expect(outbox.sentKeys('a')).toEqual(['k1'])
    outbox.settle(outbox.sentKeys('a'))
    outbox.discard('k2')
    expect(outbox.items.value).toEqual([])
  })

  it('stays silent after stop', async () => {
    const { outbox, answers, clock, calls, notices } = start()
    answers.push(new Unreachable())
    outbox.add('a', text('hi'))
    await rest()
    outbox.stop()
    await clock.advance(60_000)
    expect([calls(), notices.length, outbox.items.value.length]).toEqual([1, 0, 0])
  })
})
