export type ErrorCode = 'not_found' | 'forbidden' | 'conflict' | 'invalid' | 'unauthenticated' | 'too_many'

/** Values a message is filled with; texts among them are names or figures, never sentences. */
export type MessageParams = Record<string, string | number>

/** What is wrong with one input: `path` as the form names it ("items.3.value"), `key` in the message catalogue. */
export type FieldError = { path: string; key: string; params?: MessageParams }

/**
 * The one expected failure. `key` names a text in the catalogues, so the reader gets it in their language; nothing
 * about rows outside the reader's scope may go into `params`.
 */
export class DomainError extends Error {
  readonly code: ErrorCode
  readonly key: string
  readonly params: MessageParams
  readonly fields: FieldError[]

  constructor(code: ErrorCode, key: string, options: { params?: MessageParams; fields?: FieldError[] } = {}) {
    super(`${code}: ${key}`)
    this.name = 'DomainError'
    this.code = code
    this.key = key
    this.params = options.params ?? {}
    this.fields = options.fields ?? []
  }
}

/** The row, or not_found. A row outside the scope is not found either: its existence is not told. */
export function found<T>(row: T | undefined | null, key = 'errors.notFound'): T {
  if (row === undefined || row === null) throw new DomainError('not_found', key)
  return row
}
