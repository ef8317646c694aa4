import type { RouterOutputs } from '@gonglian/api'
import { formatFigure, formatPeriod, useLocale, useText } from '@gonglian/ui'

export type Preview = RouterOutputs['bodies']['previewReorganisation']
export type TotalChange = Preview['changes'][number]
export type Part = Preview['parts'][number]
type Values = TotalChange['expected']

/** What a change of the tree was, as far as it explains a difference. */
export type Cause = { readonly kind: string; readonly day: string; readonly parts: readonly Part[] }

function difference({ before, after }: Values): number {
  return (after ?? 0) - (before ?? 0)
}

/** "因 2026-11-16 机构调整，威州镇划出": why the totals of this body differ. */
function useBecause({ kind, day, parts }: Cause): (change: TotalChange) => string {
  const text = useText()
  const name = (...wanted: readonly Part['part'][]) => {
    const names = parts.filter(({ part }) => wanted.includes(part)).map((part) => part.name)
    return names.length > 3 ? `${names.slice(0, 3).join('、')}…(${names.length})` : names.join('、')
  }
  const plays = (code: string, part: Part['part']) => parts.some((one) => one.code === code && one.part === part)
  return (change) => {
    if (kind === 'open') return text('reorganisation.because.opened', { day, names: name('opened') })
    if (kind === 'close' || plays(change.code, 'closed'))
      return text('reorganisation.because.closed', { day, names: name('closed') })
    if (kind === 'split' && plays(change.code, 'opened'))
      return text('reorganisation.because.in', { day, names: name('moved') })
    if (kind === 'split' && !plays(change.code, 'split'))
      return text('reorganisation.because.opened', { day, names: name('opened') })
    if (kind === 'merge' && !plays(change.code, 'successor'))
      return text('reorganisation.because.closed', { day, names: name('closed') })
    const moved = name('moved')
    const count = difference(change.expected) || difference(change.reportedCount)
    if (moved === '' || count === 0) return text('reorganisation.because.other', { day })
    return text(count < 0 ? 'reorganisation.because.out' : 'reorganisation.because.in', { day, names: moved })
  }
}

/** Each total of a running period before and after, with the line that explains the difference. */
export function TotalChanges({ changes, cause }: { readonly changes: readonly TotalChange[]; readonly cause: Cause }) {
  const text = useText()
  const locale = useLocale()
  const because = useBecause(cause)
  return (
    <>
      {changes.map((change) => {
        const form = locale === 'en' ? change.nameEn : change.nameZh
        const head = `${change.name} · ${form} · ${formatPeriod(change.period, locale)}`
        return (
          <details
            key={`${change.code} ${change.formCode} ${change.period} ${change.hierarchy}`}
            className="reorganisation-total"
            open={changes.length <= 6}
          >
            <summary>
              <strong>{head}</strong>
              {change.hierarchy === 'line' ? ` (${text('reorganisation.line')})` : ''}
              <span className="gl-hint reorganisation-why">{because(change)}</span>
            </summary>
            <div className="scroll-sideways" tabIndex={0} role="region" aria-label={head}>
              <table className="gl-plain-table" aria-label={head}>
                <thead>
                  <tr>
                    <th scope="col">{text('reorganisation.item')}</th>
                    <th scope="col">{text('reorganisation.before')}</th>
                    <th scope="col">{text('reorganisation.after')}</th>
                    <th scope="col">{text('reorganisation.difference')}</th>
                  </tr>
                </thead>
                <tbody>
                  {(['expected', 'reportedCount', 'acceptedCount'] as const).map((what) =>
                    change[what].before === change[what].after ? null : (
                      <ChangeRow key={what} label={text(`reorganisation.${what}`)} values={change[what]} />
                    ),
                  )}
                  {change.items.flatMap((item) => {
                    const name = locale === 'en' ? item.nameEn : item.nameZh
                    return (['reported', 'accepted'] as const).map((what) =>
                      item[what].before === item[what].after ? null : (
                        <ChangeRow
                          key={`${item.position} ${what}`}
                          label={text(`reorganisation.${what}`, { item: name })}
                          values={item[what]}
                          unit={item.unit}
                        />
                      ),
                    )
                  })}
                </tbody>
              </table>
            </div>
          </details>
        )
      })}
    </>
  )
}

function ChangeRow({
  label,
  values,
  unit,
}: {
  readonly label: string
  readonly values: Values
  readonly unit?: string
}) {
  const text = useText()
  const locale = useLocale()
  const write = (value: number | null) =>
    value === null
      ? text('reorganisation.missing')
      : formatFigure(value, { locale, ...(unit === undefined ? {} : { unit }) })
  const by = difference(values)
  return (
    <tr>
      <th scope="row">{label}</th>
      <td className="figure">{write(values.before)}</td>
      <td className="figure">{write(values.after)}</td>
      <td className="figure">
        {by < 0 ? '−' : by > 0 ? '+' : ''}
        {formatFigure(Math.abs(by), { locale, ...(unit === undefined ? {} : { unit }) })}
      </td>
    </tr>
  )
}

/** Who took part and as what. */
export function PartList({ parts }: { readonly parts: readonly Part[] }) {
  const text = useText()
  return (
    <ul className="cell-list">
      {parts.map((one) => (
        <li key={`${one.part} ${one.code}`}>
          {text(`reorganisation.part.${one.part}`)}：
          {one.newName === undefined
            ? one.name
            : text('reorganisation.part.newName', { name: one.name, newName: one.newName })}{' '}
          <span className="gl-hint">{one.code}</span>
        </li>
      ))}
    </ul>
  )
}
