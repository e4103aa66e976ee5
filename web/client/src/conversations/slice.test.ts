import { describe, expect, it } from 'vitest'
import { clamped, latest, shifted, SIZE, type Slice, slideDown, slideUp } from './slice'

const length = ({ start, end }: Slice) => end - start

describe('the slice of a conversation', () => {
  it('begins with the latest rows', () => {
    expect(latest(100_000)).toEqual({ start: 100_000 - SIZE, end: 100_000 })
    expect(latest(3)).toEqual({ start: 0, end: 3 })
    expect(latest(0)).toEqual({ start: 0, end: 0 })
  })

  it('never grows, however far one goes', () => {
    let slice = latest(100_000)
    while (slice.start > 0) {
      slice = slideUp(slice)
      expect(length(slice)).toBeLessThanOrEqual(SIZE)
    }
    expect(slice).toEqual({ start: 0, end: SIZE })
    while (slice.end < 100_000) {
      slice = slideDown(slice, 100_000)
      expect(length(slice)).toBeLessThanOrEqual(SIZE)
    }
    expect(slice).toEqual(latest(100_000))
  })

  it('keeps most of what is seen while it slides', () => {
    const before = latest(1_000)
    const after = slideUp(before)
    expect(after.end - before.start).toBeGreaterThanOrEqual(SIZE / 2)
  })

  it('stays with its rows when older ones are put before', () => {
    expect(shifted({ start: 0, end: 50 }, 100)).toEqual({ start: 100, end: 150 })
  })

  it('shows the end of a list that has become shorter than it', () => {
    expect(clamped({ start: 300, end: 420 }, 5)).toEqual({ start: 0, end: 5 })
    expect(clamped({ start: 0, end: 5 }, 5)).toEqual({ start: 0, end: 5 })
  })
})
