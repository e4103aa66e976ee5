// Times as people say them: relative for a day, then dates, in the reader's zone.

export type Language = 'zh' | 'en'

/** The words that `Intl` does not have. */
const WORDS = {
  zh: { today: '今天', yesterday: '昨天' },
  en: { today: 'Today', yesterday: 'Yesterday' },
} as const

const TAGS = { zh: 'zh-CN', en: 'en-US' } as const

const formats = {
  clock: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  weekday: { weekday: 'short' },
  date: { month: 'long', day: 'numeric' },
  shortDate: { month: 'numeric', day: 'numeric' },
  longDate: { year: 'numeric', month: 'long', day: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>

/** In a list, where there is room for one word: 10:24, 昨天, 周日, 11/20, 2024-03-12. */
export function shortTime(at: number, now: number, language: Language): string {
  switch (distance(at, now)) {
    case 'today':
      return say('clock', at, language)
    case 'yesterday':
      return WORDS[language].yesterday
    case 'week':
      return say('weekday', at, language)
    case 'year':
      return say('shortDate', at, language)
    case 'far':
      return isoDate(at)
  }
}

/** Between messages: 今天 10:20, 昨天 18:02, 周日 18:00, 11 月 21 日 18:00. */
export function longTime(at: number, now: number, language: Language): string {
  const clock = say('clock', at, language)
  switch (distance(at, now)) {
    case 'today':
      return `${WORDS[language].today} ${clock}`
    case 'yesterday':
      return `${WORDS[language].yesterday} ${clock}`
    case 'week':
      return `${say('weekday', at, language)} ${clock}`
    case 'year':
      return `${spaced(say('date', at, language))} ${clock}`
    case 'far':
      return `${spaced(say('longDate', at, language))} ${clock}`
  }
}

type Distance = 'today' | 'yesterday' | 'week' | 'year' | 'far'

function distance(at: number, now: number): Distance {
  const days = daysBetween(at, now)
  if (days === 0) return 'today'
  if (days === 1) return 'yesterday'
  if (days > 1 && days < 7) return 'week'
  return new Date(at).getFullYear() === new Date(now).getFullYear() ? 'year' : 'far'
}

/** Whether two instants are on different days for the reader. */
export function isOtherDay(one: number, other: number): boolean {
  return daysBetween(one, other) !== 0
}

/** Whole days of the calendar; rounding takes care of days with 23 or 25 hours. */
function daysBetween(one: number, other: number): number {
  return Math.round((midnight(other) - midnight(one)) / 86_400_000)
}

function midnight(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0)
}

function say(format: keyof typeof formats, at: number, language: Language): string {
  return new Intl.DateTimeFormat(TAGS[language], formats[format]).format(at)
}

function isoDate(at: number): string {
  const date = new Date(at)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** 11月21日 is written 11 月 21 日 here. */
function spaced(date: string): string {
  return date.replace(/(\d)([年月日])/g, '$1 $2').replace(/([年月])(\d)/g, '$1 $2')
}
