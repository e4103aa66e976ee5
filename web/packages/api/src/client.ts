// The one place that talks HTTP. Every call is typed by the OpenAPI document.
import createClient from 'openapi-fetch'
import { ApiError, Unreachable } from './error.ts'
import type { operations, paths } from './schema.ts'

/** The JSON that a call takes. */
type Takes<T extends 'createPerson' | 'sendMessage' | 'updateMe'> =
  operations[T]['requestBody']['content']['application/json']

export interface ApiOptions {
  /** Origin and path before `/session`; the page's own when absent. */
  baseUrl?: string
  fetch?: (request: Request) => Promise<Response>
}

/** Where to read in a conversation: neither field means the latest page. */
export interface MessagesQuery {
  after?: string
  before?: string
  limit?: number
}

export type Api = ReturnType<typeof createApi>

export function createApi(options: ApiOptions = {}) {
  const http = createClient<paths>({ baseUrl: '/api/client/v1', ...options })
  return {
    session: () => reply(http.GET('/session')),
    signIn: (person: string) => reply(http.POST('/session', { body: { person } })),
    signOut: () => reply(http.DELETE('/session')),

    people: (after?: string) =>
      reply(http.GET('/people', { params: { query: { after, limit: 100 } } })),
    createPerson: (body: Takes<'createPerson'>) => reply(http.POST('/people', { body })),
    updateMe: (body: Takes<'updateMe'>) => reply(http.PATCH('/me', { body })),

    accounts: (query: { query?: string; after?: string; limit?: number }) =>
      reply(http.GET('/accounts', { params: { query } })),
    account: (id: string) => reply(http.GET('/accounts/{id}', { params: { path: { id } } })),
    follow: (id: string) => reply(http.PUT('/accounts/{id}/follow', { params: { path: { id } } })),
    unfollow: (id: string) =>
      reply(http.DELETE('/accounts/{id}/follow', { params: { path: { id } } })),

    chats: (query: { after?: string; limit?: number }) =>
      reply(http.GET('/chats', { params: { query } })),
    chat: (id: string) => reply(http.GET('/accounts/{id}/chat', { params: { path: { id } } })),
    messages: (id: string, query: MessagesQuery) =>
      reply(http.GET('/accounts/{id}/messages', { params: { path: { id }, query } })),
    send: (id: string, body: Takes<'sendMessage'>) =>
      reply(http.POST('/accounts/{id}/messages', { params: { path: { id } }, body })),
    markRead: (id: string, seq: string) =>
      reply(http.POST('/accounts/{id}/read', { params: { path: { id } }, body: { seq } })),

    uploadImage: (file: Blob) =>
      reply(
        http.POST('/uploads', {
          params: { query: { type: 'image' } },
          body: { media: '' }, // the part's bytes are the file below; the schema knows only text
          bodySerializer: () => form(file),
        }),
      ),
  }
}

interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

async function reply<T>(call: Promise<Answer<T>>): Promise<NonNullable<T>> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    throw new Unreachable('no answer', { cause })
  })
  if (data) return data
  const { error: code, message } = isError(error) ? error : { error: 'internal', message: '' }
  throw new ApiError(response.status, code, message)
}

/** Every refusal has this form. */
interface Refusal {
  error: string
  message: string
}

function isError(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'error' in value && 'message' in value
}

function form(file: Blob): FormData {
  const form = new FormData()
  form.append('media', file)
  return form
}
