import { useText } from '@gonglian/ui'
import { useId } from 'react'
import { FindField } from '../../../act-choosers.tsx'
import type { ActFinder } from '../../../act-values.ts'
import { useAddress } from '../../../address.ts'

/** Every union in sight. */
const findAll: ActFinder = async (api, search) => {
  const { rows } = await api.unions.listUnions.query({ search, pageSize: 30 })
  return rows.map(({ id, name, code }) => ({ value: String(id), label: code === null ? name : `${name} (${code})` }))
}

/** Of which day the page tells, and of which union alone. */
export function OfficerScope({ on, union }: { readonly on: string | null; readonly union: string | null }) {
  const text = useText()
  const id = useId()
  const { params, change } = useAddress()
  return (
    <div className="officer-scope">
      <div className="field">
        <label htmlFor={id}>{text('cadres.on')}</label>
        <input
          id={id}
          type="date"
          className="gl-input"
          value={on ?? ''}
          onChange={(event) =>
            change({ on: event.target.value === '' ? null : event.target.value, 'officers.page': null })
          }
        />
      </div>
      {union === null ? (
        <FindField
          name="union"
          label={text('cadres.only')}
          find={findAll}
          value={params.get('union') ?? ''}
          wrong={null}
          onChange={(value) => change({ union: value === '' ? null : value, members: null, 'officers.page': null })}
        />
      ) : (
        <p>
          {text('cadres.only.now', { name: union })}{' '}
          <button
            type="button"
            className="gl-link-button"
            onClick={() => change({ union: null, members: null, 'officers.page': null })}
          >
            {text('cadres.only.all')}
          </button>
        </p>
      )}
    </div>
  )
}
