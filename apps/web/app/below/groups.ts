import type { Caller, RouterOutputs } from '@gonglian/api'

export type Groups = RouterOutputs['overview']['countListBelow']

/** Whose lists are counted by the level below before anybody reads rows. A county reads its rows, and may count them. */
const grouping: readonly Groups['body']['level'][] = ['national', 'province', 'city']

export type Below = {
  readonly groups: Groups
  /** Groups instead of rows. */
  readonly isShown: boolean
}

/**
 * A list by the level below, as the address asks for it: before anything is searched or filtered, and unless rows are asked for. Null where
 * one body alone has records.
 *
 * @param place.list the name of the grouping
 * @param place.table the table whose state stands in the address
 */
export async function readBelow(
  api: Caller,
  params: URLSearchParams,
  place: { readonly domain: string; readonly list: string; readonly table: string },
): Promise<Below | null> {
  const isNarrowed = [...params.keys()].some((name) => name.startsWith(`${place.table}.`))
  if (isNarrowed) return null
  const body = params.get('body')
  const groups = await api.overview.countListBelow({
    domain: place.domain,
    list: place.list,
    ...(body === null || body === '' ? {} : { body }),
  })
  const view = params.get('view')
  if (!groups.isGrouped && view !== 'groups') return null
  return { groups, isShown: view === 'groups' || (view !== 'rows' && grouping.includes(groups.body.level)) }
}
