import { describe, expect, it } from 'vitest'
import { partsWithAnchors, plainParts, webAddress } from './text'

describe('the text of an account', () => {
  it('has links where it has anchors', () => {
    expect(partsWithAnchors('到 <a href="https://lib.example/1?a=1&amp;b=2">一楼</a> 取。')).toEqual([
      { text: '到 ' },
      { text: '一楼', href: 'https://lib.example/1?a=1&b=2' },
      { text: ' 取。' },
    ])
  })

  it('takes single quotes, other attributes and capitals', () => {
    expect(partsWithAnchors(`<A target="_blank" HREF='http://a.example/'>x\ny</A>`)).toEqual([
      { text: 'x\ny', href: 'http://a.example/' },
    ])
  })

  it('shows the words of a link that is no web address, without the link', () => {
    expect(partsWithAnchors('<a href="javascript:alert(1)">tap</a>')).toEqual([{ text: 'tap' }])
    expect(partsWithAnchors('<a href="weixin://x">menu</a>')).toEqual([{ text: 'menu' }])
  })

  it('leaves all other mark-up as it is', () => {
    const text = '<b>bold</b> <img src=x onerror=alert(1)>'
    expect(partsWithAnchors(text)).toEqual([{ text }])
  })

  it('survives an anchor that never ends', () => {
    const text = `${'<a href="'.repeat(500)}`
    expect(partsWithAnchors(text).map((part) => part.text).join('')).toBe(text)
  })
})

describe('the text of a person', () => {
  it('links an address, and not the full stop after it', () => {
    expect(plainParts('看 https://tea.example/a_b?x=1。谢谢')).toEqual([
      { text: '看 ' },
      { text: 'https://tea.example/a_b?x=1', href: 'https://tea.example/a_b?x=1' },
      { text: '。谢谢' },
    ])
    expect(plainParts('(http://tea.example/a).').map((part) => part.href)).toEqual([
      undefined, 'http://tea.example/a', undefined,
    ])
  })

  it('keeps anchors as they were written', () => {
    expect(plainParts('<a href="#">x</a>')).toEqual([{ text: '<a href="#">x</a>' }])
  })

  it('is empty when the text is', () => {
    expect(plainParts('')).toEqual([])
  })
})

it('only the web is an address', () => {
  expect(webAddress(' https://a.example ')).toBe('https://a.example/')
  for (const address of ['data:text/html,x', 'JaVaScript:1', '//a.example', 'mailto:a@b.example']) {
    expect(webAddress(address)).toBeUndefined()
  }
})
