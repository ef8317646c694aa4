/**
 * The lines of a text whose cells are separated by a sign (RFC 4180), and of a range that was copied from a spreadsheet (separated by
 * tabs). A line break is LF, CRLF or CR. A quote opens a cell only if one closes it before a separator or a line end: names hold quotes
 * too. `line` counts as a spreadsheet does: a line break in quotes does not begin another. Runs in the browser as well.
 * @param {string} text
 * @param {string} separator one sign
 * @returns {Generator<{ line: number, cells: string[] }>}
 */
export function* splitSeparated(text, separator) {
  let line = 1
  /** @type {string[]} */
  let cells = []
  let from = 0
  for (let at = 0; at <= text.length; at++) {
    const sign = text[at]
    if (sign === '"' && text.slice(from, at).trim() === '') {
      const end = findClosing(text, at, separator)
      if (end < 0) continue
      cells.push(text.slice(at + 1, end).replaceAll('""', '"'))
      at = skipSpaces(text, end + 1, separator)
      from = -1
    } else if (sign !== separator && sign !== '\n' && sign !== '\r' && sign !== undefined) continue
    const stop = text[at]
    // The line break after the last line begins no other.
    if (stop === undefined && from === at && cells.length === 0) return
    if (from >= 0) cells.push(text.slice(from, at))
    if (stop !== separator) {
      yield { line, cells }
      cells = []
      line++
      if (stop === '\r' && text[at + 1] === '\n') at++
    }
    from = at + 1
  }
}

/** The lines as they are, of a range that was copied. @param {string} text @returns {string[][]} */
export function readCopied(text) {
  return Array.from(splitSeparated(text, '\t'), ({ cells }) => cells)
}

/** The quote that closes the one at `at`; -1: none does. @param {string} text @param {number} at @param {string} separator */
function findClosing(text, at, separator) {
  for (let end = text.indexOf('"', at + 1); end >= 0; end = text.indexOf('"', end + 2)) {
    if (text[end + 1] === '"') continue
    const next = text[skipSpaces(text, end + 1, separator)]
    return next === undefined || next === separator || next === '\n' || next === '\r' ? end : -1
  }
  return -1
}

/** @param {string} text @param {number} at @param {string} separator */
function skipSpaces(text, at, separator) {
  let place = at
  while ((text[place] === ' ' || text[place] === '\t') && text[place] !== separator) place++
  return place
}
