// What a plain bubble says about a message that has no form of its own yet.
import type { Message } from '@teahouse/api'
import { webAddress } from './text'

export interface Description {
  text?: string
  /** Each on its own line below the text. */
  lines?: string[]
  href?: string
}

/** Fields of the wire, read with care: a server may know types that this page does not. */
export function describe(message: Message): Description {
  switch (message.type) {
    case 'voice':
      return { text: message.recognition, href: webAddress(message.url ?? '') }
    case 'video':
    case 'shortvideo':
      return { text: message.title || message.description, href: webAddress(message.url ?? '') }
    case 'location':
      return { text: message.label, lines: [`${message.latitude}, ${message.longitude}`] }
    case 'link':
      return {
        text: message.title,
        lines: lines(message.description),
        href: webAddress(message.url),
      }
    case 'music':
      return {
        text: message.title,
        lines: lines(message.description),
        href: webAddress(message.hqmusicurl || message.musicurl || ''),
      }
    case 'msgmenu':
      return {
        text: message.head_content,
        lines: [...message.list.map((item) => item.content), ...lines(message.tail_content)],
      }
    case 'miniprogrampage':
      return { text: message.title }
    default:
      return { text: 'title' in message && typeof message.title === 'string' ? message.title : undefined }
  }
}

function lines(text: string | undefined): string[] {
  return text ? [text] : []
}
