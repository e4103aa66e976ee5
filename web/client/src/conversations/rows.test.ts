import { describe, expect, it } from 'vitest'
import { FakeConversation } from '@/testing/server'
import { entryOf } from '@/messaging/talk'
import { rowsOf } from './rows'

const at = (time: string) => new Date(`2026-11-${time}`).getTime()

/** Entries at these local times, numbered from 1. */
function entries(...times: string[]) {
  const server = new FakeConversation()
  return times.map((time, n) => entryOf(server.say(`m${n + 1}`, { at: at(time) })))
}

describe('rows', () => {
  it('say the time first, after a quarter of an hour, and on a new day', () => {
    const list = entries('23T23:40:00', '23T23:50:00', '23T23:59:00', '24T00:01:00', '24T09:00:00')
    const timed = rowsOf(list, undefined, undefined).map((row) => row.timed)
    expect(timed).toEqual([true, false, false, true, true])
  })

  it('know what stands above the slice', () => {
    const [above, ...list] = entries('24T10:00:00', '24T10:01:00')
    expect(rowsOf(list, above, undefined)[0]!.timed).toBe(false)
  })

  it('mark where the unread ones begin, once', () => {
    const list = entries('24T10:00:00', '24T10:01:00', '24T10:02:00')
    const marks = (read: number | undefined) =>
      rowsOf(list, undefined, read).map((row) => row.firstUnread)
    expect(marks(1)).toEqual([false, true, false])
    expect(marks(3)).toEqual([false, false, false])
    expect(marks(undefined)).toEqual([false, false, false])
    expect(rowsOf(list.slice(2), list[1], 1)[0]!.firstUnread).toBe(false)
  })
})
