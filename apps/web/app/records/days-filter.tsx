import { titleOf, type View } from '@gonglian/records/declared'
import { useText } from '@gonglian/ui'
import { useAddress } from '../address.ts'
import { useWords } from './words.ts'

/** Narrows a list to the days of one of its columns. */
export function DaysFilter({ view, name }: { readonly view: View; readonly name: string }) {
  const text = useText()
  const words = useWords()
  const { params, change } = useAddress()
  const key = `${view.noun}.is.${name}`
  const [from = '', to = ''] = (params.get(key) ?? '..').split('..')
  const choose = (first: string, last: string) =>
    change({ [key]: first === '' && last === '' ? null : `${first}..${last}`, [`${view.noun}.page`]: null })
  const title = words(titleOf(view, name, view.columns[name] ?? {}))
  return (
    <span className="inline-field" role="group" aria-label={title}>
      {title}{' '}
      <input
        type="date"
        className="gl-input"
        aria-label={text('records.from')}
        value={from}
        onChange={(event) => choose(event.target.value, to)}
      />
      {' — '}
      <input
        type="date"
        className="gl-input"
        aria-label={text('records.to')}
        value={to}
        onChange={(event) => choose(from, event.target.value)}
      />
    </span>
  )
}
