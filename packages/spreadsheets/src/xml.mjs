import { SaxesParser } from 'saxes'
import { SpreadsheetRefusal } from './refusals.mjs'

const greatestDepth = 64

/**
 * @typedef {{
 *   open?: (name: string, attributes: Record<string, string>) => void
 *   close?: (name: string) => void
 *   text?: (text: string) => void
 * }} Listener names and attributes come without their prefix
 */

/** @param {string} name */
const withoutPrefix = (name) => name.slice(name.indexOf(':') + 1)

/** @param {Record<string, string>} attributes */
function withoutPrefixes(attributes) {
  for (const key in attributes) {
    // xml:space and the like say nothing that is asked for.
    if (!key.includes(':') || key.startsWith('xml')) continue
    /** @type {Record<string, string>} */
    const plain = Object.create(null)
    for (const [name, value] of Object.entries(attributes)) plain[withoutPrefix(name)] = value
    return plain
  }
  return attributes
}

/**
 * Reads XML piece by piece, each sign once. After each piece the caller may take what the listener has gathered.
 * @param {Iterable<string>} pieces
 * @param {Listener} listener
 * @returns {Generator<undefined>}
 */
export function* readXml(pieces, { open, close, text }) {
  const parser = new SaxesParser(/** @type {const} */ ({ position: false, xmlns: false }))
  let depth = 0
  parser.on('error', () => {
    throw new SpreadsheetRefusal('notReadable')
  })
  parser.on('doctype', () => {
    throw new SpreadsheetRefusal('notReadable')
  })
  parser.on('opentag', ({ name, attributes }) => {
    if (++depth > greatestDepth) throw new SpreadsheetRefusal('notReadable')
    open?.(withoutPrefix(name), withoutPrefixes(attributes))
  })
  parser.on('closetag', ({ name }) => {
    depth--
    close?.(withoutPrefix(name))
  })
  if (text) {
    parser.on('text', text)
    parser.on('cdata', text)
  }
  for (const piece of pieces) {
    parser.write(piece)
    yield
  }
  parser.close()
  yield
}

/**
 * The same, to the end at once.
 * @param {Iterable<string>} pieces
 * @param {Listener} listener
 */
export function readXmlWhole(pieces, listener) {
  for (const _piece of readXml(pieces, listener));
}
