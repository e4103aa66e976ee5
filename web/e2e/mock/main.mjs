// `npm run mock`: the contract without a server, for `npm run dev` (port 8080) or a built client.
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startMock } from './server.mjs'
import { demoWorld } from './world.mjs'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '8080' },
    dist: { type: 'string', default: fileURLToPath(new URL('../../client/dist', import.meta.url)) },
    mode: { type: 'string', default: 'dev' },
  },
})
const { url } = await startMock(demoWorld(), { ...values, port: Number(values.port) })
console.log(`listening on ${url}`)
