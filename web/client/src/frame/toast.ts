// A short word on what has just been done, or why not. One at a time.
import { defineStore } from 'pinia'
import { ref } from 'vue'

/** For a word, and for a sentence that has to be read. */
const SHORT_MS = 3_000
const LONG_MS = 6_000
const LONG_FROM = 16

export const useToast = defineStore('toast', () => {
  const message = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined

  function say(text: string): void {
    clearTimeout(timer)
    message.value = text
    timer = setTimeout(() => (message.value = ''), text.length < LONG_FROM ? SHORT_MS : LONG_MS)
  }

  return { message, say }
})
