import { BodyPicker, useText } from '@gonglian/ui'
import { useEffect, useState } from 'react'
import { api } from './act.ts'
import { useAddress, useFrame } from './address.ts'
import { readEveryPage } from './every-page.ts'

/** "Of this body and all below it", as the address says it; left out: of all in sight. */
export function readBody(params: URLSearchParams): { readonly body?: string } {
  const body = params.get('body')
  return body === null || body === '' ? {} : { body }
}

/** Narrows lists to one body below one's own, and what lies under it. `table`: whose pages begin anew. */
export function BodyFilter({ table }: { readonly table: string | readonly string[] }) {
  const text = useText()
  const { body: own } = useFrame()
  const { params, change } = useAddress()
  const code = params.get('body')
  const name = useBodyName(code)
  // Known once the tree was opened; until then it is enough that there are some.
  const [below, setBelow] = useState(1)
  const loadChildren = async (parent: string) => {
    const bodies = await readEveryPage((part) => api.bodies.listChildren.query({ code: parent, ...part }))
    if (parent === own.code) setBelow(bodies.length)
    return bodies.map(({ code, shortName, level, childCount }) => ({ code, name: shortName, level, childCount }))
  }
  if (own.level === 'township') return null
  const choose = (chosen: string | null) =>
    change({
      body: chosen === own.code ? null : chosen,
      ...Object.fromEntries([table].flat().map((one) => [`${one}.page`, null])),
    })
  return (
    <span className="body-filter">
      <BodyPicker
        align="right"
        value={{ code: code ?? own.code, name: code === null ? text('bodies.filter.all') : (name ?? code) }}
        onChange={(chosen) => choose(chosen.code)}
        roots={[{ code: own.code, name: own.name, level: own.level, childCount: below }]}
        loadChildren={loadChildren}
        search={(typed) =>
          api.bodies.searchFederations
            .query({ text: typed, limit: 12 })
            .then((bodies) => bodies.map(({ code, name, level, path }) => ({ code, name, level, path, childCount: 0 })))
        }
      />
      {code === null ? null : (
        <button type="button" className="gl-link-button" onClick={() => choose(null)}>
          {text('bodies.filter.clear')}
        </button>
      )}
    </span>
  )
}

function useBodyName(code: string | null): string | null {
  const [known, setKnown] = useState<{ readonly code: string; readonly name: string } | null>(null)
  useEffect(() => {
    if (code === null) return
    let over = false
    api.bodies.getFederation.query({ code }).then(
      ({ shortName }) => over || setKnown({ code, name: shortName }),
      // The list itself says that there is no such body.
      () => undefined,
    )
    return () => {
      over = true
    }
  }, [code])
  return known !== null && known.code === code ? known.name : null
}
