import type { RouterOutputs } from '@gonglian/api'
import { DataTable, EmptyState, formatPercent, useLocale, useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { Share } from '../share.tsx'
import type { Checklist } from './checklist.ts'
import { DefineChecklist } from './define-checklist.tsx'

export type ComplianceProps = {
  readonly checklist: Checklist
  /** The reader's body issued it. */
  readonly isOwn: boolean
  readonly compliance: RouterOutputs['checklists']['countCompliance']
  readonly kept: RouterOutputs['checklists']['listCompliance']['rows']
}

/** One list: its items, how many unions have all of it, body by body, and the counts kept of earlier days. */
export function Compliance({ checklist, isOwn, compliance, kept }: ComplianceProps) {
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const [query, setQuery] = useTableQuery('bodies')
  const name = locale === 'en' ? checklist.nameEn : checklist.nameZh
  return (
    <>
      <section>
        <div className="register-head">
          <h2>{name}</h2>
          <div className="acts">
            {may('organisation:write') ? (
              <ActDialog
                label={text('checklists.freeze')}
                title={text('checklists.freeze.title', { name })}
                text={text('checklists.freeze.text')}
                fields={[{ name: 'on', label: text('checklists.freeze.on'), kind: 'date', initial: 'today' }]}
                run={(api, values) =>
                  api.checklists.freezeCompliance.mutate({
                    checklistId: checklist.checklistId,
                    on: values['on'] ?? '',
                  })
                }
              />
            ) : null}
            {may('organisation:approve') && isOwn ? (
              <DefineChecklist key={checklist.checklistId} before={checklist} />
            ) : null}
          </div>
        </div>
        <div className="shares">
          <Share
            label={text('checklists.rate')}
            part={compliance.numerator}
            whole={compliance.denominator}
            rate={compliance.rate}
            of={text('checklists.rate.of')}
          />
        </div>
      </section>
      <div className="register-columns">
        <section>
          <h2>{text('checklists.items')}</h2>
          <ol className="checklist-items">
            {checklist.items.map((item) => (
              <li key={item.itemId}>
                {locale === 'en' ? item.textEn : item.textZh}
                <span className="gl-hint">
                  {' '}
                  {item.companionKind === null
                    ? text(`checklists.evidence.${item.evidenceKind}`)
                    : text('checklists.derived')}
                </span>
              </li>
            ))}
          </ol>
          {checklist.source === '' ? null : <p className="gl-hint">{checklist.source}</p>}
        </section>
        <section>
          <h2>{text('checklists.bodies')}</h2>
          <DataTable
            label={text('checklists.bodies')}
            rows={compliance.bodies}
            rowKey={(row) => row.body}
            query={query}
            onQuery={setQuery}
            total={compliance.total}
            hideSearch
            columns={[
              { key: 'body', title: text('registers.body'), render: (row) => row.name },
              {
                key: 'numerator',
                title: text('checklists.numerator'),
                figure: true,
                render: (row) => row.numerator.toLocaleString(locale),
              },
              {
                key: 'denominator',
                title: text('checklists.denominator'),
                figure: true,
                render: (row) => row.denominator.toLocaleString(locale),
              },
              {
                key: 'rate',
                title: text('registers.rate'),
                figure: true,
                render: (row) => (row.rate === null ? '—' : formatPercent(row.rate, locale)),
              },
            ]}
            empty={<EmptyState title={text('checklists.bodies.none')} />}
          />
          <h2>{text('checklists.kept')}</h2>
          {kept.length === 0 ? (
            <p className="gl-hint">{text('checklists.kept.none')}</p>
          ) : (
            <ul className="plain-list">
              {kept.map((row, index) => (
                <li key={index} className="gl-figure-text">
                  {row.takenOn} {row.numerator.toLocaleString(locale)} / {row.denominator.toLocaleString(locale)}{' '}
                  {row.rate === null ? '—' : formatPercent(row.rate, locale)}{' '}
                  <span className="gl-hint">{row.takenBy}</span>
                </li>
              ))}
            </ul>
          )}
        </section>
      </div>
    </>
  )
}
