// One line that says what a message is.
import type { Chat, Message } from '@teahouse/api'

type Words = (key: string, values?: Record<string, unknown>) => string

const KNOWN: ReadonlySet<string> = new Set([
  'image', 'voice', 'video', 'shortvideo', 'location', 'link', 'news', 'music', 'msgmenu',
  'miniprogrampage', 'mpnews', 'mpnewsarticle', 'wxcard', 'template', 'subscribe',
])

/** The name of a type; a server may know types that this page does not. */
export function typeName(type: Message['type'] | string, t: Words): string {
  return t(`message.types.${KNOWN.has(type) ? type : 'other'}`)
}

export function previewOf({ type, from, preview }: NonNullable<Chat['last']>, t: Words): string {
  const text = preview.replace(/<\/?a\b[^>]*>/gi, '').replace(/\s+/g, ' ').trim()
  const plain = type === 'text' || type === 'system'
  const said = plain ? text : `[${typeName(type, t)}]${text ? ` ${text}` : ''}`
  return from === 'person' ? t('chats.you', { text: said }) : said
}
