// Writes a .br and a .gz beside each text file of the build, so that the server never compresses.
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(css|html|js|json|svg|txt|webmanifest)$/

/** Below this a compressed form saves less than its headers cost. */
const WORTH_IT_BYTES = 512

export function compress(): Plugin {
  let folder = ''
  return {
    name: 'compress',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir)
    },
    async closeBundle() {
      const entries = await readdir(folder, { recursive: true })
      const texts = entries.filter((entry) => TEXT.test(entry))
      await Promise.all(texts.map((entry) => write(join(folder, entry))))
    },
  }
}

async function write(path: string): Promise<void> {
  const plain = await readFile(path)
  if (plain.length < WORTH_IT_BYTES) return
  const options = { params: { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length } }
  await writeFile(`${path}.br`, brotliCompressSync(plain, options))
  await writeFile(`${path}.gz`, gzipSync(plain, { level: 9 }))
}
