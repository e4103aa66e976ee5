// The API of this page's own server.
import { createApi } from '@teahouse/api'

let signedOut = () => {}

/** The session has ended elsewhere: somebody must notice, whichever call met it. */
export function onSignedOut(handler: () => void): void {
  signedOut = handler
}

export const api = createApi({
  async fetch(request) {
    const response = await fetch(request)
    if (response.status === 401) signedOut()
    return response
  },
})
