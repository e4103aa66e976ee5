// Language and appearance: of this browser, and the language also of the person.
import { defineStore } from 'pinia'
import { computed, ref, watchEffect } from 'vue'
import { useMedia } from '@/frame/media'
import { i18n, type Language, languageOf } from '@/locale'

export type Theme = 'system' | 'light' | 'dark'

const PLACE = 'teahouse.preferences'

interface Kept {
  language?: Language
  theme?: Theme
}

export const usePreferences = defineStore('preferences', () => {
  const kept = readKept()
  const language = ref<Language>(kept.language ?? languageOf(navigator.language))
  const theme = ref<Theme>(kept.theme ?? 'system')
  const systemIsDark = useMedia('(prefers-color-scheme: dark)')
  const isDark = computed(() =>
    theme.value === 'system' ? systemIsDark.value : theme.value === 'dark',
  )

  watchEffect(() => {
    i18n.global.locale.value = language.value
    document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
  })
  watchEffect(() => {
    document.documentElement.setAttribute('theme-mode', isDark.value ? 'dark' : 'light')
  })
  watchEffect(() => keep({ language: language.value, theme: theme.value }))

  return { language, theme, isDark }
})

function readKept(): Kept {
  try {
    return JSON.parse(localStorage.getItem(PLACE) ?? '{}') as Kept
  } catch {
    return {}
  }
}

function keep(kept: Kept): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(kept))
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}
