import { computeShare, formatFigure, formatPercent, missingFigure, useLocale, useText } from '@gonglian/ui'
import type { Gap } from './employer.ts'

/** Who must have a union and has none, by size; who has no known size is said apart. */
export function GapPanel({ gap }: { readonly gap: Gap }) {
  const text = useText()
  const locale = useLocale()
  const lower = gap.bands.map(({ key }) => Number(key))
  const nameOf = (index: number) => {
    const from = lower[index] ?? 0
    const next = lower[index + 1]
    return next === undefined ? text('gap.from', { from }) : text('gap.band', { from, to: next - 1 })
  }
  const lines = [
    ...gap.bands.map((line, index) => ({ name: nameOf(index), ...line })),
    { name: text('gap.nonPublic'), ...gap.nonPublic },
    { name: text('gap.whole'), ...gap.whole },
  ]
  const share = (part: number, whole: number) => {
    const rate = computeShare(part, whole)
    return rate === null ? missingFigure : formatPercent(rate, locale)
  }
  return (
    <section className="panel">
      <h2>{text('gap.title')}</h2>
      <div className="scroll-box">
        <table className="gl-plain-table">
          <thead>
            <tr>
              <th scope="col">{text('gap.size')}</th>
              <th scope="col" className="gl-figure">
                {text('gap.employers')}
              </th>
              <th scope="col" className="gl-figure">
                {text('gap.unionised')}
              </th>
              <th scope="col" className="gl-figure">
                {text('gap.rate')}
              </th>
              <th scope="col" className="gl-figure">
                {text('gap.missing')}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line.name}>
                <th scope="row">{line.name}</th>
                <td className="gl-figure">{formatFigure(line.employers, { locale })}</td>
                <td className="gl-figure">{formatFigure(line.unionised, { locale })}</td>
                <td className="gl-figure">{share(line.unionised, line.employers)}</td>
                <td className="gl-figure">{formatFigure(line.gap, { locale })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {gap.unknownHeadcount > 0 ? (
        <p className="gl-hint">{text('gap.unknown', { count: formatFigure(gap.unknownHeadcount, { locale }) })}</p>
      ) : null}
    </section>
  )
}
