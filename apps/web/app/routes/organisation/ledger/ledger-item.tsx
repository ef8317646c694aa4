import { useLocale, useText } from '@gonglian/ui'
import { useId } from 'react'
import { takeover } from '../day.ts'
import type { Ledger } from './ledger-form.tsx'
import { EvidenceFile } from './evidence-file.tsx'

type Item = Ledger['lists'][number]['items'][number]
export type Answer = {
  readonly version: number
  readonly met: boolean
  readonly evidenceId: number | null
  readonly note: string
}

export type LedgerItemProps = {
  readonly item: Item
  /** What is ticked now and not yet handed in. */
  readonly answer: Answer | null
  /** Null: to be read only. */
  readonly onAnswer: ((answer: Answer) => void) | null
  readonly wrong: string | null
}

/** One item: what it asks, what was found, and the ticks. */
export function LedgerItem({ item, answer, onAnswer, wrong }: LedgerItemProps) {
  const text = useText()
  const locale = useLocale()
  const id = useId()
  const met = answer === null ? item.met : answer.met
  const evidenceId = answer === null ? item.evidenceId : answer.evidenceId
  const word = item.met === null ? 'open' : item.met ? 'met' : 'unmet'
  const said: Answer = answer ?? {
    version: item.version,
    met: item.met ?? false,
    evidenceId: item.evidenceId,
    note: item.note,
  }
  const wording = locale === 'en' ? item.textEn : item.textZh
  return (
    <li className="ledger-item">
      <div>
        <p>
          {item.position}. {wording}
        </p>
        <p className="gl-hint">
          <span className={`check-mark check-mark-${word}`}>{text(`ledgers.${word}`)}</span>
          {item.since === null ? '' : ` ${text('ledgers.since', { day: item.since })}`}
          {item.checkedBy === ''
            ? ''
            : ` · ${item.checkedBy === takeover ? text('registers.takeover') : item.checkedBy}`}
          {item.isDerived ? ` · ${text('checklists.derived')}` : ''}
          {onAnswer === null && item.note !== '' ? ` · ${item.note}` : ''}
        </p>
        {onAnswer === null && item.evidenceId !== null ? (
          <EvidenceFile evidenceId={item.evidenceId} kind={item.evidenceKind} onStored={null} label={wording} />
        ) : null}
      </div>
      {onAnswer === null ? null : (
        <div className="ledger-answer">
          <div className="ledger-choice" role="radiogroup" aria-label={wording}>
            {([true, false] as const).map((value) => (
              <label key={String(value)}>
                <input
                  type="radio"
                  name={id}
                  checked={met === value}
                  onChange={() => onAnswer({ ...said, met: value })}
                />
                {text(value ? 'ledgers.met.tick' : 'ledgers.unmet.tick')}
              </label>
            ))}
          </div>
          {item.evidenceKind === 'none' && evidenceId === null ? null : (
            <EvidenceFile
              evidenceId={evidenceId}
              kind={item.evidenceKind}
              label={wording}
              onStored={(stored) => onAnswer({ ...said, evidenceId: stored })}
            />
          )}
          <input
            className="gl-input"
            aria-label={text('ledgers.note')}
            placeholder={text('ledgers.note')}
            maxLength={300}
            value={said.note}
            onChange={(event) => onAnswer({ ...said, note: event.target.value })}
          />
          {wrong === null ? null : (
            <p className="gl-error-text" role="alert">
              {wrong}
            </p>
          )}
        </div>
      )}
    </li>
  )
}
