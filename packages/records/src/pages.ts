import { mayDo, type Permission, type Role } from '@gonglian/tenancy/permissions'

/** A page of a domain: its address, the key of its title, and what one needs to read it. */
export type WorkPage = { readonly path: string; readonly title: string; readonly permission: Permission }

/** A kind of work: a tab of the domain, opened at its first page. Its name is the text `<domain>.tab.<key>`. */
export type WorkArea = {
  readonly key: string
  readonly pages: readonly WorkPage[]
  /** Addresses of further pages that stand under the tab and are reached from records. */
  readonly holds?: readonly string[]
}

/** With the start page seven tabs, which fit on a line at 1366 and on a phone's two. */
export const mostAreas = 6

/**
 * Declares the work of a domain.
 *
 * @throws Error for more tabs than a reader keeps apart
 */
export function defineWork<const Areas extends readonly WorkArea[]>(areas: Areas): Areas {
  if (areas.length > mostAreas) throw new Error(`A domain has at most ${mostAreas} tabs beside its start page`)
  return areas
}

/** What somebody with these roles may read of it; areas of which nothing is left are left out. */
export function listWork(areas: readonly WorkArea[], roles: readonly Role[]): readonly WorkArea[] {
  return areas
    .map((area) => ({ ...area, pages: area.pages.filter(({ permission }) => mayDo(roles, permission)) }))
    .filter(({ pages }) => pages.length > 0)
}
