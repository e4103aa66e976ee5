import { type Chat, Unreachable } from '@teahouse/api'
import { describe, expect, it } from 'vitest'
import { ChatList } from './chat-list'

function chat(id: string, minute: number, unread = 0): Chat {
  const sent_at = new Date(Date.UTC(2026, 10, 24, 10, minute)).toISOString()
  const account = {
    id, name: id, kind: 'service' as const, verified: true, username: `gh_${id}`,
    introduction: '', avatar_url: null, following: true, followed_at: sent_at,
  }
  const last = { type: 'text', from: 'account' as const, preview: 'hi', sent_at }
  return { account, last, unread, last_seq: '1', read_seq: '0' }
}

function start(first: Chat[], second: Chat[] = []) {
  const rows = new Map([...first, ...second].map((row) => [row.account.id, row]))
  const marks: string[] = []
  const failures: Error[] = []
  const list = new ChatList({
    async chats({ after }) {
      const failure = failures.shift()
      if (failure) throw failure
      if (after) return { chats: second, next: null }
      return { chats: first, next: second.length ? 'n' : null }
    },
    chat: async (id) => ({ chat: rows.get(id)! }),
    async markRead(id, seq) {
      const failure = failures.shift()
      if (failure) throw failure
      marks.push(`${id} ${seq}`)
      return { unread: 0 }
    },
  })
  const ids = () => list.chats.value.map((row) => row.account.id)
  return { failures, ids, list, marks, rows }
}

describe('the chat list', () => {
  it('has the newest first, and counts what is unread', async () => {
    const { ids, list } = start([chat('a', 1, 2), chat('b', 5, 3)])
    await list.load()
    expect(ids()).toEqual(['b', 'a'])
    expect(list.unread.value).toBe(5)
  })

  it('moves a row up when it has something new, and adds one that was not there', async () => {
    const { ids, list, rows } = start([chat('a', 1), chat('b', 5)])
    await list.load()
    rows.set('a', chat('a', 9, 1))
    rows.set('new', chat('new', 7))
    await list.refresh('a')
    await list.refresh('new')
    expect(ids()).toEqual(['a', 'new', 'b'])
  })

  it('has an account once over pages', async () => {
    const { ids, list } = start([chat('a', 9), chat('b', 5)], [chat('b', 5), chat('c', 1)])
    await list.load()
    expect(list.hasMore).toBe(true)
    await list.loadMore()
    expect(ids()).toEqual(['a', 'b', 'c'])
    expect(list.hasMore).toBe(false)
  })

  it('says a read mark once and never goes back', async () => {
    const { list, marks } = start([chat('a', 1, 2)])
    await list.load()
    await list.markRead('a', '5')
    await list.markRead('a', '5')
    await list.markRead('a', '4')
    await list.markRead('a', '12')
    expect(marks).toEqual(['a 5', 'a 12'])
    expect(list.unread.value).toBe(0)
  })

  it('says a read mark again when it did not arrive', async () => {
    const { failures, list, marks } = start([chat('a', 1, 2)])
    await list.load()
    failures.push(new Unreachable())
    await expect(list.markRead('a', '5')).rejects.toBeInstanceOf(Unreachable)
    await list.markRead('a', '5')
    expect(marks).toEqual(['a 5'])
  })

  it('fails only while it has nothing to show', async () => {
    const { failures, list } = start([chat('a', 1)])
    failures.push(new Unreachable())
    await expect(list.load()).rejects.toBeInstanceOf(Unreachable)
    expect(list.state.value).toBe('failed')
    await list.load()
    failures.push(new Unreachable())
    await expect(list.load()).rejects.toBeInstanceOf(Unreachable)
    expect(list.state.value).toBe('ready')
  })
})
