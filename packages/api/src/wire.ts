/**
 * How values cross the wire between the pages and the API: plain JSON in `{"json": …}`, and a point in time as
 * `{"$time": "2026-01-15T08:00:00.000Z"}`. There is nothing else: no types by name, no references, no paths. Both directions
 * look at each value once.
 */
export const transformer = { serialize: wrap, deserialize: unwrap }

const timeKey = '$time'
/** What somebody typed where a number is wanted and is none: the server refuses it beside its field. */
const noNumberKey = '$noNumber'

/** Also bounds what a faulty answer that contains itself can do. */
const greatestDepth = 64

function wrap(value: unknown): { json: unknown } {
  return { json: write(value, 0) }
}

function unwrap(envelope: unknown): unknown {
  if (!isRecord(envelope)) throw new TypeError('A call is an object with its input in "json"')
  const keys = Object.keys(envelope)
  if (keys.length === 0) return undefined
  if (keys.length > 1 || keys[0] !== 'json') throw new TypeError('A call has its input in "json" and nothing beside it')
  return read(envelope['json'], 0)
}

function write(value: unknown, depth: number): unknown {
  if (value instanceof Date) return { [timeKey]: value.toISOString() }
  if (value === null || typeof value === 'string' || typeof value === 'boolean' || value === undefined) return value
  if (typeof value === 'number' && Number.isFinite(value)) return value
  if (typeof value === 'number' && Number.isNaN(value)) return { [noNumberKey]: true }
  if (typeof value !== 'object') throw new TypeError(`A ${typeof value} does not cross the wire`)
  if (depth > greatestDepth) throw new TypeError('A value is too deep for the wire')
  if (Array.isArray(value)) return value.map((part: unknown) => write(part, depth + 1) ?? null)
  if (!isRecord(value)) throw new TypeError(`A ${value.constructor.name} does not cross the wire`)
  const written: Record<string, unknown> = {}
  for (const [key, part] of Object.entries(value)) if (part !== undefined) written[key] = write(part, depth + 1)
  return written
}

function read(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > greatestDepth) throw new TypeError('A value is too deep for the wire')
  if (Array.isArray(value)) return value.map((part: unknown) => read(part, depth + 1))
  const entries = Object.entries(value)
  const [first] = entries
  if (entries.length === 1 && first?.[0] === timeKey) return readTime(first[1])
  if (entries.length === 1 && first?.[0] === noNumberKey) return NaN
  const parts: Record<string, unknown> = {}
  for (const [key, part] of entries) {
    if (key === '__proto__') throw new TypeError('A key may not be __proto__')
    parts[key] = read(part, depth + 1)
  }
  return parts
}

function readTime(text: unknown): Date {
  const time =
    typeof text === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) ? Date.parse(text) : NaN
  if (Number.isNaN(time)) throw new TypeError('Not a point in time')
  return new Date(time)
}

/** An object without a class of its own. */
function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
