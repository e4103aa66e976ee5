import { describe, expect, it } from 'vitest'
import { keepUnsent, keptUnsent } from './kept'
import type { Outgoing } from './outbox'

function shelf(content: Record<string, string> = {}) {
  const values = new Map(Object.entries(content))
  return {
    getItem: (name: string) => values.get(name) ?? null,
    setItem: (name: string, value: string) => void values.set(name, value),
  }
}

const item: Outgoing = {
  account: 'a',
  key: 'k',
  draft: { type: 'text', content: 'hi' },
  written_at: '2026-11-24T10:00:00Z',
  state: 'sending',
}

describe('kept texts', () => {
  it('come back waiting, to the same person only', () => {
    const here = shelf()
    keepUnsent(here, 'p1', [item])
    expect(keptUnsent(here, 'p1')).toEqual([{ ...item, state: 'waiting' }])
    expect(keptUnsent(here, 'p2')).toEqual([])
  })

  it('stay failed if they had failed', () => {
    const here = shelf()
    keepUnsent(here, 'p1', [{ ...item, state: 'failed' }])
    expect(keptUnsent(here, 'p1')[0]!.state).toBe('failed')
  })

  it('are dropped when they cannot be read', () => {
    expect(keptUnsent(shelf({ 'teahouse.unsent.p1': '{' }), 'p1')).toEqual([])
    expect(keptUnsent(shelf({ 'teahouse.unsent.p1': '[null, {"key": 1}]' }), 'p1')).toEqual([])
  })

  it('do without a shelf that is full', () => {
    const full = { getItem: () => null, setItem: () => { throw new Error('quota') } }
    expect(() => keepUnsent(full, 'p1', [item])).not.toThrow()
  })
})
