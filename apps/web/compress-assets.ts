import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

const brotli = promisify(brotliCompress)
const zip = promisify(gzip)

/** Smaller files gain less than the header of the compressed answer costs. */
const MIN_BYTES = 1_000

/**
 * Writes a `.br` and a `.gz` beside every file of a folder. Built files never change, so they are compressed as well as
 * possible once, and not at every answer.
 */
export async function compressAssets(folder: string): Promise<void> {
  const names = readdirSync(folder).filter((name) => /\.(?:js|css|svg)$/.test(name))
  await Promise.all(
    names.map(async (name) => {
      const file = join(folder, name)
      const content = readFileSync(file)
      if (content.length < MIN_BYTES) return
      const params = { [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
      writeFileSync(`${file}.br`, await brotli(content, { params }))
      writeFileSync(`${file}.gz`, await zip(content, { level: constants.Z_BEST_COMPRESSION }))
    }),
  )
}
