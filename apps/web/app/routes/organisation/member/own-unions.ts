import { useCallback } from 'react'
import type { ActFinder } from '../../../act-values.ts'
import { useFrame } from '../../../address.ts'

/** Finds unions of the own body that take members, by number or name; lists name bodies in short. */
export function useOwnUnions(): ActFinder {
  const { body } = useFrame()
  return useCallback(
    async (api, search) => {
      const { rows } = await api.unions.listUnions.query({
        search: search.slice(0, 80),
        states: ['approved', 'active', 'restructuring'],
        body: body.code,
        pageSize: 50,
      })
      return rows
        .filter((union) => body.name.startsWith(union.bodyName))
        .map((union) => ({ value: String(union.id), label: `${union.code ?? ''} ${union.name}`.trim() }))
    },
    [body.code, body.name],
  )
}
