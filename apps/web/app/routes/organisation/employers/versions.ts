import type { RouterOutputs } from '@gonglian/api'
import { useText } from '@gonglian/ui'
import { useCallback } from 'react'
import { knownOf } from '../unions/union.ts'
import { listSources } from './employer.ts'

export type ListVersion = { readonly source: (typeof listSources)[number]; readonly listVersion: string }

/** The versions of lists in sight, each once, the newest first. */
export function listVersions(lists: RouterOutputs['lists']['listLists']['rows']): ListVersion[] {
  const known = new Map<string, ListVersion>()
  for (const list of lists) {
    const source = knownOf(listSources, list.source)
    if (source !== null) known.set(`${source}:${list.list_version}`, { source, listVersion: list.list_version })
  }
  return [...known.values()]
}

/** How an office that gives lists is called. */
export function useSourceName(): (source: string) => string {
  const text = useText()
  return useCallback(
    (source) => {
      const known = knownOf(listSources, source)
      return known === null ? source : text(`lists.source.${known}`)
    },
    [text],
  )
}
