// Serves a `World` and the built client over HTTP and WebSocket, with the headers of the product.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { WebSocketServer } from 'ws'
import { createHandler } from './api.mjs'
import { PICTURES } from './pictures.mjs'

const BASE = '/api/client/v1'

const TYPES = {
  '.css': 'text/css', '.html': 'text/html', '.js': 'text/javascript', '.svg': 'image/svg+xml',
}

/** As strict as the product is at most. */
const POLICY =
  "default-src 'self'; img-src 'self' data: blob: https: http:; " +
  "connect-src 'self'; style-src 'self'"

/** Answers `{ url, world, cut, restore, close }`; `cut` is a network that fails until `restore`. */
export async function startMock(world, { dist, port = 0, mode } = {}) {
  const handle = createHandler(world, { mode })
  const sockets = new Set()
  let up = true
  const server = createServer(async (request, response) => {
    const url = new URL(request.url, 'http://mock')
    if (url.pathname.startsWith(BASE)) {
      if (!up) return request.socket.destroy()
      return api(handle, url, request, response)
    }
    if (url.pathname.startsWith('/media/')) return media(world, url.pathname.slice(7), response)
    return page(dist, url.pathname, response)
  })
  const live = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    const person = world.sessions.get(tokenOf(request))
    if (!up || !person) return socket.destroy()
    live.handleUpgrade(request, socket, head, (client) => {
      sockets.add({ client, person })
      client.send(JSON.stringify({ kind: 'hello', person }))
    })
  })
  world.onEvent((person, event) => {
    for (const socket of sockets) {
      if (socket.person === person) socket.client.send(JSON.stringify(event))
    }
  })
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    world,
    cut() {
      up = false
      for (const { client } of sockets) client.terminate()
      sockets.clear()
    },
    restore() {
      up = true
    },
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}

async function api(handle, url, request, response) {
  const { body, file } = await read(request)
  const answer = handle({
    method: request.method,
    path: url.pathname.slice(BASE.length),
    query: url.searchParams,
    token: tokenOf(request),
    body,
    file,
  })
  if (answer.token) {
    response.setHeader('Set-Cookie', `teahouse_client=${answer.token}; HttpOnly; Path=${BASE}`)
  }
  response.writeHead(answer.status, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(answer.body))
}

async function read(request) {
  const type = request.headers['content-type'] ?? ''
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  if (type.startsWith('application/json')) return { body: JSON.parse(bytes.toString()) }
  if (!type.startsWith('multipart/')) return { body: {} }
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData()
  const media = form.get('media')
  const content = Buffer.from(await media.arrayBuffer())
  return { file: { bytes: content, type: media.type, ...pngSize(content) } }
}

/** Width and height stand at a fixed place in a PNG; other pictures get a square. */
function pngSize(bytes) {
  const isPng = bytes.subarray(1, 4).toString() === 'PNG'
  return isPng
    ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) }
    : { width: 400, height: 400 }
}

function tokenOf(request) {
  return /teahouse_client=([^;]+)/.exec(request.headers.cookie ?? '')?.[1]
}

function media(world, name, response) {
  const picture = PICTURES[name.replace('.svg', '')]
  const upload = [...world.uploads.values()].find((one) => one.url === `/media/${name}`)
  if (!picture && !upload) return response.writeHead(404).end()
  response.writeHead(200, { 'Content-Type': picture ? 'image/svg+xml' : upload.type })
  response.end(picture ?? upload.bytes)
}

async function page(dist, path, response) {
  const asked = normalize(join(dist, path))
  const file = extname(asked) ? asked : join(dist, 'index.html')
  const compressed = await readFile(`${file}.gz`).catch(() => undefined)
  const body = compressed ?? (await readFile(file).catch(() => undefined))
  if (!body) return response.writeHead(404).end()
  const type = TYPES[extname(file)] ?? 'application/octet-stream'
  response.writeHead(200, {
    'Content-Length': body.length,
    'Content-Type': type,
    'Content-Security-Policy': POLICY,
    ...(compressed ? { 'Content-Encoding': 'gzip' } : {}),
  })
  return response.end(body)
}
