import type { RouterOutputs } from '@gonglian/api'
import { useLocale, useText } from '@gonglian/ui'
import { useState } from 'react'
import { ActDialog } from '../../../act-dialog.tsx'
import { results } from '../women/women.ts'

type Findings = RouterOutputs['women']['countFindings']

/** How many were found to be what in a year: counted on demand and logged, never for fewer than ten women. */
export function FindingsAct({ year }: { readonly year: number }) {
  const text = useText()
  const locale = useLocale()
  const [counted, setCounted] = useState<{ year: number; findings: Findings } | null>(null)
  const findings = counted?.findings ?? null
  return (
    <div className="findings">
      <ActDialog
        label={text('women.findings.count')}
        title={text('women.findings.title', { year: String(year) })}
        text={text('women.findings.text')}
        fields={[]}
        run={async (api) => ({ year, findings: await api.women.countFindings.mutate({ year }) })}
        onDone={setCounted}
      />
      {counted === null || counted.year !== year ? null : findings === null ? (
        <p role="status">{text('women.findings.few')}</p>
      ) : (
        <p role="status" className="gl-figure-text">
          {text('women.findings.persons', { persons: findings.persons.toLocaleString(locale) })}
          {results.map((result) => (
            <span key={result}>
              {' '}
              {text(`women.result.${result}`)}{' '}
              <strong>{(result === 'follow_up' ? findings.followUp : findings[result]).toLocaleString(locale)}</strong>
            </span>
          ))}
        </p>
      )}
    </div>
  )
}
