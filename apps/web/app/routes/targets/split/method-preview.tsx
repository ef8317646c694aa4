import { useLocale, useText, type Shares } from '@gonglian/ui'
import { writePlain, writeTarget } from '../figure.ts'
import { listDifferences } from './methods.ts'
import { codeOf, type SplitView } from './rows.ts'

export type Preview = {
  readonly values: ReadonlyMap<string, number | null>
  readonly reserve: number
  /** Bodies that got nothing because what they are split by is not known. */
  readonly unknown: readonly string[]
}
export type MethodPreviewProps = {
  readonly view: SplitView
  readonly shares: Shares
  readonly preview: Preview
  readonly onApply: () => void
  readonly onClose: () => void
}

const shown = 10
const named = 8

/** What a computed split would change, before it does. */
export function MethodPreview({ view, shares, preview, onApply, onClose }: MethodPreviewProps) {
  const text = useText()
  const locale = useLocale()
  const { item } = view
  const differences = listDifferences(view, shares, preview.values)
  const name = (code: string) => view.rows.find((row) => codeOf(row) === code)?.body.shortName ?? code
  const write = (value: number | null) => writePlain(value, item.measure, locale)
  return (
    <div className="targets-preview" role="region" aria-label={text('targets.preview')}>
      <p>
        {differences.length === 0
          ? text('targets.preview.same')
          : text('targets.preview.changes', { count: differences.length })}{' '}
        {item.method === 'sum'
          ? text(preview.reserve < 0 ? 'targets.preview.over' : 'targets.preview.reserve', {
              figure: writeTarget(Math.abs(preview.reserve), item.measure, locale),
            })
          : null}
      </p>
      {preview.unknown.length === 0 ? null : (
        <p className="gl-warning-text">
          {text('targets.preview.unknown', {
            count: preview.unknown.length,
            bodies: preview.unknown.slice(0, named).map(name).join('、'),
          })}
          {preview.unknown.length > named ? text('targets.more') : ''}
        </p>
      )}
      {differences.length === 0 ? null : (
        <table className="gl-plain-table">
          <thead>
            <tr>
              <th scope="col">{text('split.body')}</th>
              <th scope="col" className="gl-figure">
                {text('targets.preview.before')}
              </th>
              <th scope="col" className="gl-figure">
                {text('targets.preview.after')}
              </th>
              <th scope="col" className="gl-figure">
                {text('targets.preview.difference')}
              </th>
            </tr>
          </thead>
          <tbody>
            {differences.slice(0, shown).map((one) => {
              const difference = (one.after ?? 0) - (one.before ?? 0)
              return (
                <tr key={one.code}>
                  <th scope="row">{one.name}</th>
                  <td className="gl-figure">{write(one.before)}</td>
                  <td className="gl-figure">{write(one.after)}</td>
                  <td className="gl-figure">
                    {difference > 0 ? '+' : ''}
                    {write(difference)}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      {differences.length > shown ? (
        <p className="gl-hint">{text('targets.preview.rest', { count: differences.length - shown })}</p>
      ) : null}
      <span className="targets-buttons">
        <button type="button" className="gl-button" onClick={onClose}>
          {text('pages.cancel')}
        </button>
        <button
          type="button"
          className="gl-button gl-button-main"
          disabled={differences.length === 0}
          onClick={onApply}
        >
          {text('targets.preview.apply')}
        </button>
      </span>
    </div>
  )
}
