// The contract of the client API, answered from a `World`.
import { newId } from './world.mjs'

const LONGEST_TEXT = 2000

class Refused extends Error {
  constructor(status, code, message = code) {
    super(message)
    Object.assign(this, { status, code })
  }
}

/** `handle({ method, path, query, body, file, token })` answers `{ status, body, token? }`. */
export function createHandler(world, { mode = 'dev' } = {}) {
  return (request) => {
    try {
      return route(world, mode, request)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      return { status: error.status, body: { error: error.code, message: error.message } }
    }
  }
}

function route(world, mode, request) {
  const { method, path } = request
  const person = world.people.find((one) => one.id === world.sessions.get(request.token))
  const open = { world, mode, person, ...request }
  const call = `${method} ${path.replace(/^\/accounts\/[^/]+/, '/accounts/:id')}`
  const handler = OPEN[call] ?? SIGNED_IN[call]
  if (!handler) throw new Refused(404, 'not_found')
  if (!OPEN[call] && !person) throw new Refused(401, 'signed_out', '登录已经失效。')
  const id = /^\/accounts\/([^/]+)/.exec(path)?.[1]
  const account = id && world.accounts.find((one) => one.id === decodeURIComponent(id))
  if (id && !account) throw new Refused(404, 'not_found', '没有这个账号。')
  return handler({ ...open, account })
}

const OPEN = {
  'GET /session': ({ mode, person }) => ok({ mode, version: '0.1.0', person: person ?? null }),
  'POST /session': ({ world, mode, body }) => {
    if (mode !== 'dev') throw new Refused(403, 'sign_in_unavailable')
    const person = world.people.find((one) => one.id === body.person)
    if (!person) throw new Refused(404, 'not_found')
    return signIn(world, person, 200)
  },
  'GET /people': ({ world }) => ok({ people: world.people, next: null }),
  'POST /people': ({ world, body }) => {
    if (!body.nickname?.trim()) throw new Refused(422, 'invalid', '昵称不能是空的。')
    return signIn(world, world.addPerson(body), 201)
  },
}

const SIGNED_IN = {
  'DELETE /session': ({ world, token }) => {
    world.sessions.delete(token)
    return ok({})
  },
  'PATCH /me': ({ person, body }) => ok({ person: Object.assign(person, body) }),
  'GET /accounts': ({ world, person, query }) => {
    const words = (query.get('query') ?? '').toLowerCase()
    const found = world.accounts.filter(
      ({ name, username }) => name.toLowerCase().includes(words) || username === words,
    )
    return ok({ accounts: found.map((account) => shown(world, person, account)), next: null })
  },
  'GET /accounts/:id': ({ world, person, account }) =>
    ok({ account: shown(world, person, account) }),
  'PUT /accounts/:id/follow': ({ world, person, account }) => {
    const conversation = world.conversation(person, account)
    if (!conversation.followedAt) {
      conversation.followedAt = new Date().toISOString()
      for (const body of account.welcome) world.say(person, account, 'account', body)
    }
    return ok({ account: shown(world, person, account) })
  },
  'DELETE /accounts/:id/follow': ({ world, person, account }) => {
    world.conversation(person, account).followedAt = null
    return ok({ account: shown(world, person, account) })
  },
  'GET /chats': ({ world, person }) => {
    const chats = world.accounts.map((account) => chat(world, person, account))
    const said = chats.filter((one) => one.last)
    said.sort((a, b) => b.last.sent_at.localeCompare(a.last.sent_at))
    return ok({ chats: said, next: null })
  },
  'GET /accounts/:id/chat': ({ world, person, account }) =>
    ok({ chat: chat(world, person, account) }),
  'GET /accounts/:id/messages': ({ world, person, account, query }) =>
    ok(page(world.conversation(person, account).messages, query)),
  'POST /accounts/:id/messages': send,
  'POST /accounts/:id/read': ({ world, person, account, body }) => {
    const conversation = world.conversation(person, account)
    conversation.read = Math.max(conversation.read, Number(body.seq))
    world.tell(person.id, { kind: 'read', account: account.id, seq: `${conversation.read}` })
    return ok({ unread: unread(conversation) })
  },
  'POST /uploads': ({ world, file }) => {
    if (!file?.type.startsWith('image/')) throw new Refused(415, 'wrong_type', '这不是图片。')
    const upload = { upload: newId(), type: 'image', url: `/media/${newId()}`, ...file }
    world.uploads.set(upload.upload, upload)
    const { bytes, type: content_type, ...rest } = upload
    return { status: 201, body: { ...rest, type: 'image', size_bytes: bytes.length, content_type } }
  },
}

function send({ world, person, account, body }) {
  const conversation = world.conversation(person, account)
  const known = conversation.messages.find((one) => one.key === body.key)
  if (known) return ok({ message: known })
  if (!conversation.followedAt) throw new Refused(409, 'not_following', '你还没有关注这个账号。')
  if (body.type === 'text' && [...body.content].length > LONGEST_TEXT) {
    throw new Refused(422, 'invalid', '最多 2000 字。')
  }
  const said = body.type === 'text' ? { type: 'text', content: body.content } : image(world, body)
  const message = world.say(person, account, 'person', said, { key: body.key })
  world.answer(person, account, body.content ?? '[图片]')
  return { status: 201, body: { message } }
}

function image(world, { upload: id }) {
  const upload = world.uploads.get(id)
  if (!upload) throw new Refused(404, 'not_found')
  const { url, width, height } = upload
  return { type: 'image', media_id: id, url, width, height }
}

function page(messages, query) {
  const limit = Number(query.get('limit') ?? 50)
  const place = (cursor) => (cursor === '0' ? 0 : Number(cursor.split('.')[1]))
  const [after, before] = [query.get('after'), query.get('before')]
  const to = after === null ? (before === null ? messages.length : place(before)) : undefined
  const from = to === undefined ? place(after) : Math.max(0, to - limit)
  const shown = messages.slice(from, to ?? from + limit)
  const end = from + shown.length
  return {
    messages: shown,
    next: end === 0 ? '0' : `1.${end}.0`,
    prev: from === 0 ? null : `1.${from}.0`,
  }
}

function signIn(world, person, status) {
  const token = newId()
  world.sessions.set(token, person.id)
  return { status, body: { person }, token }
}

function shown(world, person, account) {
  const { id, name, kind, verified, username, introduction, avatar_url } = account
  const { followedAt } = world.conversation(person, account)
  const following = followedAt !== null
  return {
    id, name, kind, verified, username, introduction, avatar_url, following,
    followed_at: followedAt,
  }
}

function chat(world, person, account) {
  const conversation = world.conversation(person, account)
  const last = conversation.messages.at(-1)
  return {
    account: shown(world, person, account),
    last: last
      ? { type: last.type, from: last.from, preview: preview(last), sent_at: last.created_at }
      : null,
    unread: unread(conversation),
    last_seq: `${conversation.messages.length}`,
    read_seq: `${conversation.read}`,
  }
}

function preview(message) {
  return message.content ?? message.articles?.[0]?.title ?? message.label ?? ''
}

function unread({ messages, read }) {
  return messages.filter((one) => Number(one.seq) > read && one.from !== 'person').length
}

function ok(body) {
  return { status: 200, body }
}
