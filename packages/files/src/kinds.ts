import type { TenantContext } from '@gonglian/tenancy'
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
  /** Of a sensitive kind about one person: the own body is noted too when it opens a file, and proves who it is. */
  readonly isNotedAtHome?: boolean
  /** Its page has a list of files, to which more are added at any time: how the noun finds its record. */
  readonly record?: RecordOfFiles
  /** Kept from the moment it is stored, attached to no record, and the same file once. */
  readonly standsAlone?: boolean
}

/** How the record behind a list of files is found. */
export type RecordOfFiles = {
  /** @throws DomainError not_found where it is not in sight */
  readonly find: (ctx: TenantContext, objectId: number) => Promise<unknown>
  /**
   * The own body's record, locked until the end of the transaction, as any change of it does.
   *
   * @throws DomainError not_found where it is another body's; conflict where nothing is added any more
   */
  readonly hold: (ctx: TenantContext, objectId: number) => Promise<unknown>
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
