// The life of a signed-in person: the link, the chat list, the conversations, and who is typing.
import { type LiveEvent } from '@teahouse/api'
import { defineStore } from 'pinia'
import { shallowReactive, shallowRef, watch } from 'vue'
import { useAccounts } from '@/accounts/store'
import { api } from '@/api'
import { ChatList } from '@/conversations/chat-list'
import { newKey } from '@/messaging/key'
import { keepUnsent, keptUnsent } from '@/messaging/kept'
import { Talk } from '@/messaging/talk'
import { useSession } from '@/people/session'
import { type Cancel, systemClock } from './clock'
import { LiveLink } from './link'
import { openSocket } from './socket'

/** The server ends it sooner; this is for an end that got lost. */
const TYPING_MS = 15_000

export const useLive = defineStore('live', () => {
  const session = useSession()
  const accounts = useAccounts()
  const chats = shallowRef(new ChatList(api))
  const talk = shallowRef(newTalk('nobody'))
  const typing = shallowReactive(new Map<string, Cancel>())

  const link = new LiveLink({
    open: openSocket,
    clock: systemClock,
    chance: Math.random,
    event: heard,
    refused: () => quietly(session.load()), // perhaps nobody is signed in any more
  })

  watch(() => session.person?.id, enter, { immediate: true })
  watch(() => chats.value.chats.value, (rows) => accounts.note(rows.map((chat) => chat.account)))
  addEventListener('online', () => link.nudge())
  document.addEventListener('visibilitychange', lookedAt)

  function newTalk(person: string): Talk {
    return new Talk({
      api,
      clock: systemClock,
      chance: Math.random,
      newKey,
      kept: keptUnsent(sessionStorage, person),
      keep: (items) => keepUnsent(sessionStorage, person, items),
    })
  }

  function enter(person: string | undefined): void {
    link.stop()
    talk.value.outbox.stop()
    chats.value = new ChatList(api)
    talk.value = newTalk(person ?? 'nobody')
    accounts.known.clear()
    if (!person) return
    quietly(chats.value.load())
    talk.value.outbox.resume()
    link.start()
  }

  function heard(event: LiveEvent): void {
    switch (event.kind) {
      case 'hello':
        return catchUp()
      case 'chat':
        typing.get(event.account)?.()
        quietly(talk.value.sync(event.account))
        return quietly(chats.value.refresh(event.account))
      case 'read':
        return quietly(chats.value.refresh(event.account))
      case 'chats':
        return quietly(chats.value.load())
      case 'typing':
        return event.on ? types(event.account) : typing.get(event.account)?.()
    }
  }

  /** What was missed is asked for once; from here on we are told. */
  function catchUp(): void {
    quietly(chats.value.load())
    quietly(talk.value.resume())
  }

  /** A socket may have died unnoticed while the page slept. */
  function lookedAt(): void {
    if (document.visibilityState !== 'visible' || !session.person) return
    link.nudge()
    catchUp()
  }

  function types(account: string): void {
    typing.get(account)?.()
    const stop = systemClock.after(TYPING_MS, () => typing.get(account)?.())
    typing.set(account, () => {
      stop()
      typing.delete(account)
    })
  }

  return { chats, talk, typing, linkState: link.state }
})

/** Failures here are told by the link's state or by the page that waits for the result. */
function quietly(work: Promise<unknown>): void {
  work.catch(() => {})
}
