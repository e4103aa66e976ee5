import { describe, expect, it } from 'vitest'
import { createApi } from './client.ts'
import { ApiError, Unreachable } from './error.ts'

/** An API whose server answers every request with `respond`, and what it was asked. */
function apiOf(respond: (request: Request) => Response | Promise<Response>) {
  const asked: Request[] = []
  const api = createApi({
    baseUrl: 'http://teahouse.test/api/client/v1',
    fetch: async (request) => {
      asked.push(request.clone())
      return respond(request)
    },
  })
  return { api, asked }
}

describe('the client', () => {
  it('puts path and query where the contract has them', async () => {
    const { api, asked } = apiOf(() => Response.json({ messages: [], next: '0', prev: null }))
    await api.messages('acc-1', { after: '1.5.0', limit: 100 })
    expect(asked[0]?.url).toBe(
      'http://teahouse.test/api/client/v1/accounts/acc-1/messages?after=1.5.0&limit=100',
    )
  })

  it('turns an error answer into its code and sentence', async () => {
    const answer = { error: 'not_following', message: '先关注才能发消息。' }
    const { api } = apiOf(() => Response.json(answer, { status: 409 }))
    const failure = await api.send('a', { key: 'k', type: 'text', content: 'hi' }).catch((e) => e)
    expect(failure).toBeInstanceOf(ApiError)
    expect(failure).toMatchObject({ status: 409, code: 'not_following', passing: false })
    expect(failure.message).toBe('先关注才能发消息。')
  })

  it('calls a page of a proxy an internal error that may pass', async () => {
    const { api } = apiOf(() => new Response('<h1>Bad gateway</h1>', { status: 502 }))
    const failure = await api.session().catch((e) => e)
    expect(failure).toMatchObject({ status: 502, code: 'internal', passing: true })
  })

  it('calls silence unreachable', async () => {
    const { api } = apiOf(() => Promise.reject(new TypeError('Failed to fetch')))
    await expect(api.session()).rejects.toBeInstanceOf(Unreachable)
  })

  it('sends a picture as the part named media', async () => {
    const { api, asked } = apiOf(() => Response.json({ upload: 'u1' }, { status: 201 }))
    await api.uploadImage(new File(['bytes'], 'tea.png', { type: 'image/png' }))
    const request = asked[0]!
    expect(new URL(request.url).search).toBe('?type=image')
    const part = (await request.formData()).get('media')
    expect(part).toBeInstanceOf(File)
    expect(await (part as File).text()).toBe('bytes')
  })
})
