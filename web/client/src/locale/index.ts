// The one i18n instance, and the words of a page.
import { createI18n, useI18n } from 'vue-i18n'
import { en } from './en'
import type { Language } from './times'
import { type Messages, zh } from './zh'

export type { Language } from './times'

export const LANGUAGES: { value: Language; label: string }[] = [
  { value: 'zh', label: '简体中文' },
  { value: 'en', label: 'English' },
]

export const i18n = createI18n<[Messages], Language, false>({
  legacy: false,
  locale: 'zh',
  fallbackLocale: 'zh',
  messages: { zh, en },
})

/** `t`, typed by the message file, and the language of now. */
export function useWords() {
  const { t, te, locale } = useI18n<{ message: Messages }, Language>({ useScope: 'global' })
  return { t, te, language: locale }
}

/** `zh_CN`, `zh-TW`, `en-GB` … as the server and the browser write them. */
export function languageOf(tag: string): Language {
  return tag.toLowerCase().startsWith('zh') ? 'zh' : 'en'
}

/** How the server wants it. */
export function serverLanguage(language: Language): string {
  return language === 'zh' ? 'zh_CN' : 'en'
}
