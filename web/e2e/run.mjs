// Browser tests. With `--url` against a running `teahouse dev` with its demo world; without it
// against the mock, where networks can be made to fail. `--only WORD` runs what has it in its name.
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startMock } from './mock/server.mjs'
import { demoWorld } from './mock/world.mjs'
import { everyone } from './stories/everyone.mjs'
import { mainJob } from './stories/main-job.mjs'
import { trouble } from './stories/trouble.mjs'

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    dist: { type: 'string', default: fileURLToPath(new URL('../client/dist', import.meta.url)) },
    only: { type: 'string', default: '' },
  },
})

const stories = { ...mainJob, ...everyone, ...(values.url ? {} : trouble) }
const chosen = Object.entries(stories).filter(([name]) => name.includes(values.only))
let failed = 0
for (const [name, story] of chosen) {
  const started = performance.now()
  const failure = await tell(story)
  const took = ((performance.now() - started) / 1_000).toFixed(1)
  console.log(`${failure ? 'FAILED' : 'ok'} ${name} (${took} s)`)
  if (failure) console.log(failure.stack ?? String(failure))
  failed += failure ? 1 : 0
}
console.log(`${chosen.length - failed} passed, ${failed} failed`)
// A story that failed may have left its browser open.
process.exit(failed || !chosen.length ? 1 : 0)

async function tell(story) {
  const mock = values.url ? undefined : await startMock(demoWorld(), { dist: values.dist })
  try {
    await story({ url: values.url?.replace(/\/$/, '') ?? mock.url, mock })
    return undefined
  } catch (error) {
    return error
  } finally {
    mock?.close()
  }
}
