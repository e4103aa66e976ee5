// Accounts that have been seen, each once, so that following one is seen everywhere.
import type { Account } from '@teahouse/api'
import { defineStore } from 'pinia'
import { shallowReactive } from 'vue'
import { api } from '@/api'

export const useAccounts = defineStore('accounts', () => {
  const known = shallowReactive(new Map<string, Account>())

  function note(accounts: readonly Account[]): void {
    for (const account of accounts) known.set(account.id, account)
  }

  async function load(id: string): Promise<void> {
    note([(await api.account(id)).account])
  }

  async function search(query: string, after?: string) {
    const page = await api.accounts({ query: query || undefined, after })
    note(page.accounts)
    return page
  }

  async function follow(id: string): Promise<void> {
    note([(await api.follow(id)).account])
  }

  async function unfollow(id: string): Promise<void> {
    note([(await api.unfollow(id)).account])
  }

  return { known, note, load, search, follow, unfollow }
})
