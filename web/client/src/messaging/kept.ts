// Unsent texts, kept for this tab and person while the page is reloaded.
import type { Outgoing } from './outbox'

/** The part of `Storage` that is needed; tests bring a map. */
export interface Shelf {
  getItem(name: string): string | null
  setItem(name: string, value: string): void
}

export function keepUnsent(shelf: Shelf, person: string, items: readonly Outgoing[]): void {
  try {
    shelf.setItem(place(person), JSON.stringify(items))
  } catch {
    // A full or forbidden shelf costs only the reload, not the message.
  }
}

/** What was on its way counts as waiting: its key sees to it that it is stored once. */
export function keptUnsent(shelf: Shelf, person: string): Outgoing[] {
  try {
    const items: unknown = JSON.parse(shelf.getItem(place(person)) ?? '[]')
    return Array.isArray(items) ? items.filter(isOutgoing).map(waiting) : []
  } catch {
    return []
  }
}

function place(person: string): string {
  return `teahouse.unsent.${person}`
}

function waiting(item: Outgoing): Outgoing {
  return item.state === 'sending' ? { ...item, state: 'waiting' } : item
}

function isOutgoing(value: unknown): value is Outgoing {
  if (typeof value !== 'object' || value === null) return false
  const item = value as Partial<Outgoing>
  const named = typeof item.account === 'string' && typeof item.key === 'string'
  return named && typeof item.written_at === 'string' && item.draft?.type === 'text'
}
