// What was found for the words in the address bar, page by page.
import { ApiError } from '@teahouse/api'
import { ref, shallowRef } from 'vue'
import { useAccounts } from './store'

export type SearchState = 'searching' | 'ready' | 'failed'

export function useSearch() {
  const accounts = useAccounts()
  const ids = shallowRef<string[]>([])
  const state = ref<SearchState>('searching')
  const reason = ref<string>()
  const next = shallowRef<string | null>(null)
  let words = ''
  let searches = 0

  /** Only the answer to the last words counts, in whatever order answers come. */
  async function search(query: string): Promise<void> {
    words = query
    const number = (searches += 1)
    if (!ids.value.length) state.value = 'searching'
    try {
      const page = await accounts.search(query)
      if (number !== searches) return
      ids.value = page.accounts.map((account) => account.id)
      next.value = page.next
      state.value = 'ready'
    } catch (error) {
      if (number !== searches) return
      reason.value = error instanceof ApiError ? error.message : undefined
      state.value = 'failed'
    }
  }

  async function more(): Promise<void> {
    const [number, after] = [searches, next.value]
    if (after === null) return
    next.value = null // until the page is here, nobody else asks for it
    try {
      const page = await accounts.search(words, after)
      if (number !== searches) return
      ids.value = [...new Set([...ids.value, ...page.accounts.map((account) => account.id)])]
      next.value = page.next
    } catch {
      if (number === searches) next.value = after // scrolling asks again
    }
  }

  return { ids, state, reason, search, more }
}
