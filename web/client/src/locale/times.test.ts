import { describe, expect, it } from 'vitest'
import { isOtherDay, longTime, shortTime } from './times'

// Local times, so that the test holds in every zone.
const at = (text: string) => new Date(text).getTime()
const now = at('2026-11-24T10:30:00') // a Tuesday

describe('the time of a chat', () => {
  it.each([
    ['2026-11-24T09:05:00', '09:05', '09:05'],
    ['2026-11-23T23:59:00', '昨天', 'Yesterday'],
    ['2026-11-22T12:00:00', '周日', 'Sun'],
    ['2026-11-17T12:00:00', '11/17', '11/17'],
    ['2024-03-12T12:00:00', '2024-03-12', '2024-03-12'],
  ])('%s', (time, zh, en) => {
    expect(shortTime(at(time), now, 'zh')).toBe(zh)
    expect(shortTime(at(time), now, 'en')).toBe(en)
  })
})

describe('the time between messages', () => {
  it.each([
    ['2026-11-24T00:00:00', '今天 00:00', 'Today 00:00'],
    ['2026-11-23T18:02:00', '昨天 18:02', 'Yesterday 18:02'],
    ['2026-11-22T18:00:00', '周日 18:00', 'Sun 18:00'],
    ['2026-11-01T18:00:00', '11 月 1 日 18:00', 'November 1 18:00'],
    ['2025-12-31T18:00:00', '2025 年 12 月 31 日 18:00', 'December 31, 2025 18:00'],
  ])('%s', (time, zh, en) => {
    expect(longTime(at(time), now, 'zh')).toBe(zh)
    expect(longTime(at(time), now, 'en')).toBe(en)
  })

  it('is a date when it lies ahead, as it may when the platform’s clock was moved', () => {
    expect(longTime(at('2026-11-26T08:00:00'), now, 'zh')).toBe('11 月 26 日 08:00')
  })
})

it('days change at the reader’s midnight', () => {
  expect(isOtherDay(at('2026-11-23T23:59:59'), at('2026-11-24T00:00:00'))).toBe(true)
  expect(isOtherDay(at('2026-11-24T00:00:00'), at('2026-11-24T23:59:59'))).toBe(false)
})
