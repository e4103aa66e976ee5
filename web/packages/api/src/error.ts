// The two ways a call can fail: the server answered with an error, or nothing came back.

/** What the server said, in its own words: a stable code and a sentence for the person. */
export class ApiError extends Error {
  override readonly name = 'ApiError'

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message)
  }

  /** The same call may succeed a little later. */
  get passing(): boolean {
    return this.status === 429 || this.status >= 500
  }
}

/** No answer: no network, the server is down, or the answer was cut off. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable'
}
