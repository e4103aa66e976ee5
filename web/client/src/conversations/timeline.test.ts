import { Unreachable } from '@teahouse/api'
import { describe, expect, it } from 'vitest'
import { FakeConversation } from '@/testing/server'
import { Timeline } from './timeline'

function start(count = 0) {
  const server = new FakeConversation()
  for (let n = 1; n <= count; n += 1) server.say(`m${n}`)
  const timeline = new Timeline(server.read)
  const contents = () =>
    timeline.messages.value.map((message) => (message.type === 'text' ? message.content : ''))
  return { server, timeline, contents }
}

describe('a timeline', () => {
  it('begins with the latest page', async () => {
    const { timeline, contents } = start(250)
    await timeline.sync()
    expect(contents()).toHaveLength(100)
    expect(contents().at(-1)).toBe('m250')
    expect(timeline.hasOlder).toBe(true)
  })

  it('asks only for what is new afterwards', async () => {
    const { server, timeline, contents } = start(3)
    await timeline.sync()
    server.say('m4')
    await timeline.sync()
    expect(server.asked.at(-1)).toEqual({ after: '1.3', limit: 100 })
    expect(contents()).toEqual(['m1', 'm2', 'm3', 'm4'])
  })

  it('shows a message once, however often it is sent', async () => {
    const { server } = start(3)
    const forgetful = new Timeline((query) => server.read(query.after ? { after: '0' } : query))
    await forgetful.sync()
    await forgetful.sync()
    expect(server.asked).toHaveLength(2)
    expect(forgetful.messages.value).toHaveLength(3)
  })

  it('looks once more when told so while it reads', async () => {
    const { server, timeline, contents } = start(1)
    const first = timeline.sync()
    server.say('m2')
    const second = timeline.sync()
    server.say('m3')
    const third = timeline.sync()
    await Promise.all([first, second, third])
    expect(contents()).toEqual(['m1', 'm2', 'm3'])
    expect(server.asked).toHaveLength(2)
  })

  it('goes back to the first message, page by page, losing and doubling none', async () => {
    const { server, timeline, contents } = start(250)
    await timeline.sync()
    while (timeline.hasOlder) {
      await Promise.all([timeline.loadOlder(), timeline.loadOlder()])
    }
    expect(contents()).toEqual(Array.from({ length: 250 }, (_, n) => `m${n + 1}`))
    expect(timeline.prepended.value).toBe(150)
    expect(server.asked).toHaveLength(3)
  })

  it('catches up over several pages', async () => {
    const { server, timeline, contents } = start(1)
    await timeline.sync()
    for (let n = 2; n <= 321; n += 1) server.say(`m${n}`)
    await timeline.sync()
    expect(contents()).toHaveLength(321)
    expect(timeline.epoch.value).toBe(1)
  })

  it('starts from the latest page after a very long absence, and the rest is there', async () => {
    const { server, timeline, contents } = start(1)
    await timeline.sync()
    for (let n = 2; n <= 900; n += 1) server.say(`m${n}`)
    await timeline.sync()
    expect(timeline.epoch.value).toBe(2)
    expect(contents().at(-1)).toBe('m900')
    while (timeline.hasOlder) await timeline.loadOlder()
    expect(contents()).toHaveLength(900)
  })

  it('starts anew when its cursor is gone', async () => {
    const { server, timeline, contents } = start(5)
    await timeline.sync()
    server.restart()
    server.say('a new world')
    await timeline.sync()
    expect(contents()).toEqual(['a new world'])
    expect(timeline.hasOlder).toBe(false)
  })

  it('starts anew when the cursor is gone while it goes back', async () => {
    const { server, timeline, contents } = start(150)
    await timeline.sync()
    server.restart()
    server.say('a new world')
    await timeline.loadOlder()
    expect(contents()).toEqual(['a new world'])
  })

  it('keeps what it has when the network fails, and goes on from there', async () => {
    const { server, timeline, contents } = start(2)
    await timeline.sync()
    server.failure = new Unreachable()
    server.say('m3')
    await expect(timeline.sync()).rejects.toBeInstanceOf(Unreachable)
    expect(contents()).toEqual(['m1', 'm2'])
    expect(timeline.state.value).toBe('ready')
    await timeline.sync()
    expect(contents()).toEqual(['m1', 'm2', 'm3'])
  })

  it('says that it failed only while it has nothing to show', async () => {
    const { server, timeline } = start(1)
    server.failure = new Unreachable()
    await expect(timeline.sync()).rejects.toBeInstanceOf(Unreachable)
    expect(timeline.state.value).toBe('failed')
    await timeline.sync()
    expect(timeline.state.value).toBe('ready')
  })

  it('puts a late send at the instant at which it was sent', async () => {
    const { server, timeline, contents } = start(3)
    await timeline.sync()
    const second = Date.parse(server.messages[1]!.created_at)
    server.say('sent to many', { at: second + 500 })
    await timeline.sync()
    expect(contents()).toEqual(['m1', 'm2', 'sent to many', 'm3'])
  })

  it('knows the own messages that have arrived by their key', async () => {
    const { server, timeline } = start()
    server.say('mine', { from: 'person', key: 'k1' })
    await timeline.sync()
    expect([timeline.holds('k1'), timeline.holds('k2')]).toEqual([true, false])
  })
})
