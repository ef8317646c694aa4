import type { Permission } from '@gonglian/tenancy/permissions'
import type { MediaType } from './media.ts'

/** What a domain says about the files of one kind of record. */
export type FileKind = {
  /** `evidence`, `approval`: stands on each file, and in the address to which one is sent. */
  readonly key: string
  /** Who attaches and removes. */
  readonly write: Permission
  /** Who opens, in the owner's body and in those that see the file. */
  readonly read: Permission
  readonly media: readonly MediaType[]
  /** Fewer megabytes than the place allows for all files. */
  readonly megabytes?: number
  /** Who sees it while and after it is attached; `shared`: one other body, named when it is attached. */
  readonly visibility: 'own' | 'superiors' | 'shared'
  /** It names persons: whoever of another body opens it proves who it is, and the owner reads that (decision 0020). */
  readonly isSensitive: boolean
  /** Kept from the moment it is stored, attached to no record, and the same file once. */
  readonly standsAlone?: boolean
}

/** Declares the files of one kind of record. */
export function defineFileKind(kind: FileKind): FileKind {
  return kind
}

/**
 * The kinds by key.
 *
 * @throws Error where two have one key
 */
export function collectKinds(kinds: readonly FileKind[]): ReadonlyMap<string, FileKind> {
  const byKey = new Map<string, FileKind>()
  for (const kind of kinds) {
    if (byKey.has(kind.key)) throw new Error(`two kinds of files are called ${kind.key}`)
    byKey.set(kind.key, kind)
  }
  return byKey
}
