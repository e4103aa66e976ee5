// One open conversation: its account, its messages, what is on its way, and what has been read.
import { ApiError } from '@teahouse/api'
import { computed, onScopeDispose, type Ref, ref, shallowRef, watch } from 'vue'
import { useAccounts } from '@/accounts/store'
import { api } from '@/api'
import { useLive } from '@/live/store'

/** `seen`: whether the latest message is in sight. */
export function useConversation(id: string, seen: Ref<boolean>) {
  const live = useLive()
  const accounts = useAccounts()
  const talk = live.talk
  const chats = live.chats
  const timeline = talk.timeline(id)
  const account = computed(() => accounts.known.get(id))
  const failure = shallowRef<unknown>()
  const readSeq = ref<number>()
  const looking = ref(document.visibilityState === 'visible')
  const missing = computed(() => failure.value instanceof ApiError && failure.value.status === 404)
  const pending = computed(() => {
    void timeline.messages.value // what has arrived is no longer pending
    return talk.pending(id)
  })

  async function load(): Promise<void> {
    failure.value = undefined
    try {
      await Promise.all([loadChat(), talk.sync(id)])
    } catch (error) {
      failure.value = error
    }
  }

  /** The row of the list says it too, when there is one. */
  async function loadChat(): Promise<void> {
    const chat = chats.find(id) ?? (await api.chat(id)).chat
    accounts.note([chat.account])
    if (chat.unread > 0) readSeq.value = Number(chat.read_seq)
  }

  /** Read is what is in sight of somebody who looks. */
  watch(
    [timeline.messages, () => timeline.messages.value.length, seen, looking],
    () => {
      const last = timeline.messages.value.at(-1)
      if (!last || !seen.value || !looking.value) return
      chats.markRead(id, last.seq).catch(() => {}) // said again with the next message
    },
    { flush: 'post' },
  )

  const look = () => (looking.value = document.visibilityState === 'visible')
  document.addEventListener('visibilitychange', look)
  onScopeDispose(() => document.removeEventListener('visibilitychange', look))

  void load()
  return { account, timeline, outbox: talk.outbox, pending, readSeq, failure, missing, load }
}
