import type { RouterOutputs } from '@gonglian/api'
import { formatDate, formatDateTime, formatPercent, formatUnit, useLocale, useText } from '@gonglian/ui'
import { nameActor } from '../../reports/actor.ts'
import { nameMeasure, writePlain, writeTarget } from '../figure.ts'

type Letter = RouterOutputs['targets']['getLetter']
type Content = Letter['signed'][number]['text']

export type LetterSheetProps = {
  readonly letter: Letter
  /** What is signed: today's shares, or those of the day it was signed. */
  readonly content: Content
  /** Null: not signed yet. */
  readonly seal: { readonly hash: string; readonly signedBy: string; readonly signedAt: Date } | null
  /** What the signature will be about. */
  readonly digest?: string
}

/** One letter between two bodies, on paper: parties, targets, duties, signatures, and what was amended since. */
export function LetterSheet({ letter, content, seal, digest }: LetterSheetProps) {
  const text = useText()
  const locale = useLocale()
  const { plan, lines } = letter
  const ids = new Set(content.lines.map((line) => line.itemId))
  const amended = seal
    ? lines
        .filter((line) => ids.has(line.item.id))
        .flatMap((line) => line.amendments.filter((one) => one.kind === 'amendment').map((one) => ({ line, one })))
    : []
  const hash = seal?.hash ?? digest ?? ''
  return (
    <article className="letter" aria-label={text('targets.letter.title', { plan: content.plan.name })}>
      <header>
        <h2>{text('targets.letter.title', { plan: content.plan.name })}</h2>
        <p className="letter-year">{text('targets.letter.year', { year: content.plan.year })}</p>
      </header>
      <dl className="letter-parties">
        <div>
          <dt>{text('targets.letter.issuer')}</dt>
          <dd>{content.issuer.name}</dd>
        </div>
        <div>
          <dt>{text('targets.letter.receiver')}</dt>
          <dd>{content.receiver.name}</dd>
        </div>
      </dl>
      <p className="letter-text">
        {text('targets.letter.opening', {
          plan: content.plan.name,
          issuer: content.issuer.name,
          receiver: content.receiver.name,
        })}
      </p>
      <h3>{text('targets.letter.targets')}</h3>
      <table className="letter-table">
        <thead>
          <tr>
            <th scope="col">{text('targets.letter.number')}</th>
            <th scope="col">{text('targets.aspect')}</th>
            <th scope="col">{text('targets.item')}</th>
            <th scope="col">{text('targets.unit')}</th>
            <th scope="col">{text('targets.value')}</th>
            <th scope="col">{text('targets.weight')}</th>
            <th scope="col">{text('targets.accountable')}</th>
            <th scope="col">{text('targets.note')}</th>
          </tr>
        </thead>
        <tbody>
          {content.lines.map((line, index) => (
            <tr key={line.itemId}>
              <td>{index + 1}</td>
              <td>{line.aspect}</td>
              <th scope="row">{nameMeasure(line, locale)}</th>
              <td>{formatUnit(line.unit, locale)}</td>
              <td className="letter-figure">
                {line.method === 'floor'
                  ? text(line.direction === -1 ? 'targets.letter.atMost' : 'targets.letter.atLeast')
                  : ''}
                {writePlain(line.value, line, locale)}
              </td>
              <td className="letter-figure">{line.weight === 0 ? '' : formatPercent(line.weight, locale)}</td>
              <td>{line.accountable}</td>
              <td>{[line.note, line.exemption].filter((part) => part !== '').join(locale === 'en' ? '; ' : '；')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <h3>{text('targets.letter.duties')}</h3>
      <ol className="letter-duties">
        <li>{text('targets.letter.duty.first')}</li>
        <li>{text('targets.letter.duty.schedule')}</li>
        <li>{text('targets.letter.duty.reports')}</li>
        <li>{text('targets.letter.duty.change')}</li>
      </ol>
      <div className="letter-signatures">
        <div>
          <p>{text('targets.letter.issuerSeal', { body: content.issuer.name })}</p>
          <p>
            {text('targets.letter.signer', {
              name:
                plan.issuer.code === content.issuer.code && plan.issuedBy !== null
                  ? nameActor(plan.issuedBy, locale)
                  : '',
            })}
          </p>
          <p>{text('targets.letter.date', { date: plan.issuedAt === null ? '' : formatDate(plan.issuedAt) })}</p>
        </div>
        <div>
          <p>{text('targets.letter.receiverSeal', { body: content.receiver.name })}</p>
          <p>{text('targets.letter.signer', { name: seal === null ? '' : nameActor(seal.signedBy, locale) })}</p>
          <p>{text('targets.letter.date', { date: seal === null ? '' : formatDate(seal.signedAt) })}</p>
        </div>
      </div>
      {amended.length === 0 ? null : (
        <section className="letter-amendments">
          <h3>{text('targets.letter.amendments')}</h3>
          <ol>
            {amended.map(({ line, one }, index) => (
              <li key={index}>
                {text('targets.letter.amendment', {
                  date: formatDate(one.at),
                  item: nameMeasure(line.item.measure, locale),
                  from: writeTarget(one.from, line.item.measure, locale),
                  to: writeTarget(one.to, line.item.measure, locale),
                  reason: one.reason,
                  by: nameActor(one.actor, locale),
                })}
              </li>
            ))}
          </ol>
        </section>
      )}
      <footer className="letter-hash">
        {seal === null
          ? text('targets.letter.unsigned', { hash })
          : text('targets.letter.hash', { hash, at: formatDateTime(seal.signedAt) })}
      </footer>
    </article>
  )
}
