const HEARTBEAT_MS = 15_000
const REFRESH_MS = 200

/**
 * Shows one line about a step while it runs: what it does, for how many seconds, and its latest word. In a terminal the line
 * is rewritten in place; in a file or pipe there is a line at the start, one now and then, and one at the end.
 * @template T
 * @param {string} title
 * @param {(say: (detail: string) => void) => Promise<T>} work
 * @param {{ isTTY?: boolean, columns?: number, write: (text: string) => boolean }} [stream]
 * @returns {Promise<T>}
 */
export async function showStep(title, work, stream = process.stdout) {
  const start = Date.now()
  const seconds = () => Math.round((Date.now() - start) / 1000)
  let detail = ''
  const draw = () => {
    const line = `  ${title} ... ${seconds()} s${detail === '' ? '' : `  ${detail}`}`
    stream.write(`\r\x1b[2K${cut(line, (stream.columns ?? 80) - 1)}`)
  }
  if (!stream.isTTY) stream.write(`  ${title} ...\n`)
  const beat = stream.isTTY
    ? setInterval(draw, REFRESH_MS)
    : setInterval(
        () => stream.write(`  ${title} ... ${seconds()} s${detail === '' ? '' : `  ${detail}`}\n`),
        HEARTBEAT_MS,
      )
  const end = (/** @type {string} */ mark) => {
    clearInterval(beat)
    stream.write(`${stream.isTTY ? '\r\x1b[2K' : ''}${mark} ${title} (${seconds()} s)\n`)
  }
  try {
    const result = await work((text) => (detail = text.trim()))
    end('✓')
    return result
  } catch (error) {
    end('✗')
    throw error
  }
}

/**
 * Chinese letters take two columns; a line that wraps could not be rewritten in place.
 * @param {string} text
 * @param {number} columns
 */
function cut(text, columns) {
  let width = 0
  let result = ''
  for (const letter of text.replaceAll(/\x1b\[[\d;]*m/g, '')) {
    width += (letter.codePointAt(0) ?? 0) > 0x2e7f ? 2 : 1
    if (width > columns) break
    result += letter
  }
  return result
}
