// Reads a text message into plain parts and links, so that nothing is ever inserted as HTML.

export type Part = { text: string; href?: undefined } | { text: string; href: string }

/** `<a href="…">…</a>` is the only mark-up that accounts may use. */
const ANCHOR = /<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>(.*?)<\/a\s*>/gis

/** An address written out. It ends before what is usually the sentence's own. */
const ADDRESS = /https?:\/\/[^\s<>"'，。；！？、（）《》“”]+[^\s<>"'，。；！？、（）《》“”.,;:!?)]/gi

/** A text of an account. */
export function partsWithAnchors(content: string): Part[] {
  return split(content, ANCHOR, plainParts, ([whole, double, single, text = '']) => {
    const href = webAddress(double ?? single ?? '')
    return href ? [{ text: text || href, href }] : plainParts(text || whole)
  })
}

/** A text of a person: addresses become links, mark-up stays as it was written. */
export function plainParts(content: string): Part[] {
  return split(content, ADDRESS, (text) => [{ text }], ([address]) => {
    const href = webAddress(address)
    return [href ? { text: address, href } : { text: address }]
  })
}

/** Only the web: `javascript:` and the like are no addresses here. */
export function webAddress(address: string): string | undefined {
  try {
    const url = new URL(address.trim().replaceAll('&amp;', '&'))
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined
  } catch {
    return undefined
  }
}

function split(
  content: string,
  pattern: RegExp,
  between: (text: string) => Part[],
  found: (match: RegExpExecArray) => Part[],
): Part[] {
  const parts: Part[] = []
  let from = 0
  for (const match of content.matchAll(pattern)) {
    if (match.index > from) parts.push(...between(content.slice(from, match.index)))
    parts.push(...found(match))
    from = match.index + match[0].length
  }
  if (from < content.length) parts.push(...between(content.slice(from)))
  return parts
}
