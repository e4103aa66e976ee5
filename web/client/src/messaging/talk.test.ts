import { ApiError, type NewMessage, Unreachable } from '@teahouse/api'
import { describe, expect, it } from 'vitest'
import { FakeClock, rest } from '@/testing/clock'
import { FakeConversation } from '@/testing/server'
import { Talk } from './talk'

/** A person, an account, and a network that fails when `faults` says so. */
function start() {
  const clock = new FakeClock()
  const server = new FakeConversation()
  const faults: ('refused' | 'lost')[] = []
  let keys = 0
  const talk = new Talk({
    clock,
    chance: () => 0,
    newKey: () => `k${(keys += 1)}`,
    api: {
      messages: (_, query) => server.read(query),
      uploadImage: () => Promise.reject(new ApiError(415, 'wrong_type', '')),
      async send(_, message: NewMessage) {
        const fault = faults.shift()
        if (fault === 'refused') throw new Unreachable()
        const known = server.messages.find((one) => one.key === message.key)
        const text = message.type === 'text' ? message.content : ''
        const stored = known ?? server.say(text, { from: 'person', key: message.key })
        if (fault === 'lost') throw new Unreachable()
        return { message: stored }
      },
    },
  })
  const timeline = talk.timeline('a')
  const seen = () => [
    ...timeline.messages.value.map((message) => (message.type === 'text' ? message.content : '')),
    ...talk.pending('a').map((item) => `(${item.state})`),
  ]
  const say = (content: string) => talk.outbox.add('a', { type: 'text', content })
  return { clock, faults, say, seen, server, talk, timeline }
}

describe('a talk', () => {
  it('shows what one says at once, and once', async () => {
    const { say, seen, talk } = start()
    await talk.sync('a')
    say('hi')
    expect(seen()).toEqual(['(sending)'])
    await rest()
    expect(seen()).toEqual(['hi'])
    expect(talk.outbox.items.value).toEqual([])
  })

  it('has the server’s order when both speak at once', async () => {
    const { say, seen, server, talk } = start()
    await talk.sync('a')
    server.say('first')
    say('second')
    await rest()
    expect(seen()).toEqual(['first', 'second'])
  })

  it('shows a message once when it is heard of before its answer comes', async () => {
    const { faults, say, seen, server, talk } = start()
    await talk.sync('a')
    faults.push('lost')
    say('hi')
    await rest()
    await talk.sync('a') // the live link was quicker than the answer
    expect(server.messages).toHaveLength(1)
    expect(seen()).toEqual(['hi'])
  })

  it('loses and doubles nothing over a lost connection', async () => {
    const { clock, faults, say, seen, server, talk } = start()
    await talk.sync('a')
    faults.push('refused', 'lost', 'lost')
    say('one')
    say('two')
    await clock.advance(500)
    server.say('from the account')
    expect(seen()).toEqual(['(waiting)', '(waiting)'])
    await talk.resume() // one is stored, but its answer is lost
    await rest()
    await clock.advance(60_000)
    expect(seen()).toEqual(['from the account', 'one', 'two'])
    expect(server.messages.map((message) => message.key)).toEqual([null, 'k1', 'k2'])
  })

  it('keeps showing what was sent while it cannot be read back', async () => {
    const { say, seen, server, talk } = start()
    await talk.sync('a')
    server.failure = new Unreachable()
    say('hi')
    await rest()
    expect(seen()).toEqual(['(sent)'])
    await talk.resume()
    expect(seen()).toEqual(['hi'])
  })

  it('lets go of the conversation used longest ago', async () => {
    const { talk, timeline } = start()
    for (const account of ['b', 'c', 'd', 'e', 'f', 'g', 'h']) talk.timeline(account)
    expect(talk.timeline('a')).toBe(timeline)
    const second = talk.timeline('b')
    talk.timeline('i')
    expect(talk.timeline('b')).toBe(second)
    talk.timeline('j')
    talk.timeline('k')
    expect(talk.timeline('a')).toBe(timeline)
  })
})
