// Half-written messages: leaving a conversation does not lose one.
import { defineStore } from 'pinia'
import { reactive } from 'vue'

export const useDrafts = defineStore('drafts', () => {
  /** By account. */
  const texts = reactive(new Map<string, string>())
  return { texts }
})
