import type { RouterOutputs } from '@gonglian/api'
import type { Permission } from '@gonglian/tenancy/permissions'
import { useText } from '@gonglian/ui'
import { ActDialog } from '../act-dialog.tsx'
import { useMay } from '../may.ts'
import { PaperLinks } from './paper-links.tsx'

export type PaperActsProps = {
  readonly sheet: Pick<RouterOutputs['papers']['readPaper'], 'path' | 'id' | 'state' | 'number' | 'day'>
  readonly name: string
  /** Who may sign it. */
  readonly signs: Permission
}

/** A signed paper on the page of its record: how it stands, print, Word file, and for whoever may: sign, withdraw. */
export function PaperActs({ sheet, name, signs }: PaperActsProps) {
  const text = useText()
  const may = useMay()(signs)
  const { path, id, state, day } = sheet
  const stands =
    state === 'issued' ? text('papers.signed', { number: sheet.number ?? '', day }) : text(`papers.${state}`)
  return (
    <section>
      <h2>{name}</h2>
      <p>{stands}</p>
      <div className="acts">
        <PaperLinks path={path} id={id} name={name} />
        {may && (state === 'draft' || state === 'withdrawn') ? (
          <ActDialog
            primary
            label={text('papers.issue')}
            title={text('papers.issue.title', { name })}
            text={text('papers.issue.text')}
            fields={[]}
            run={(api) => api.papers.issuePaper.mutate({ path, id })}
          />
        ) : null}
        {may && (state === 'issued' || state === 'broken') ? (
          <ActDialog
            label={text('papers.withdraw')}
            title={text('papers.withdraw.title', { name })}
            fields={[{ name: 'reason', label: text('papers.withdraw.reason'), kind: 'lines', maxLength: 300 }]}
            run={(api, values) => api.papers.withdrawPaper.mutate({ path, id, reason: values['reason'] ?? '' })}
          />
        ) : null}
      </div>
    </section>
  )
}
