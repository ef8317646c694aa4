import { approveForm, proposeForm, returnForm, withdrawForm } from '@gonglian/approvals/declared'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { ask } from '../../ask.ts'
import { FileList } from '../../files/file-list.tsx'
import { CommandDialog } from '../../records/command-dialog.tsx'
import { useWords } from '../../records/words.ts'
import { titleAfter } from '../../titles.ts'
import { formatMoment } from '../system/audit/moment.ts'
import { Typed } from './typed.tsx'

export const meta = titleAfter<Awaited<ReturnType<typeof loader>>>(({ title }) => title)

export async function loader(args: LoaderFunctionArgs) {
  const applicationId = Number(args.params['id'])
  return ask(args, (api) => api.approvals.getApplication({ applicationId }))
}

/** One application: what was typed, its papers, what became of it, and what the reader may do now. */
export default function ApplicationPage() {
  const one = useLoaderData<typeof loader>()
  const text = useText()
  const words = useWords()
  const seen = { applicationId: one.applicationId, version: one.version }
  const isOpen = one.state === 'applied' || one.state === 'proposed'
  return (
    <>
      <div className="area-head">
        <div>
          <h1>
            {words(`approvals.kind.${one.kind}`)}：{one.title}
          </h1>
          <p className={one.isLate ? 'gl-error-text' : 'gl-hint'}>
            {text(`approvals.state.${one.state}`)} · {text('approvals.dueOn')} {one.dueOn}
            {one.isLate ? ` · ${text('approvals.isLate')}` : ''}
          </p>
        </div>
        <div className="acts">
          {one.isSuperior && one.state === 'applied' ? <CommandDialog primary form={proposeForm} given={seen} /> : null}
          {one.isSuperior && one.state === 'proposed' ? (
            <>
              <CommandDialog primary form={approveForm} given={seen} text={text('approvals.approve.text')} />
              <CommandDialog form={returnForm} given={seen} />
            </>
          ) : null}
          {one.isApplicant && (isOpen || one.state === 'returned') ? (
            <CommandDialog form={withdrawForm} given={seen} />
          ) : null}
        </div>
      </div>
      <section>
        <dl className="facts">
          {(
            [
              ['approvals.from', one.from],
              ['approvals.to', one.to],
              ['approvals.appliedOn', one.appliedOn],
              ['approvals.appliedBy', one.appliedBy],
              ['approvals.lapsesOn', isOpen ? one.lapsesOn : ''],
              ['approvals.paperNo', one.paperNo],
            ] as const
          )
            .filter(([, value]) => value !== '')
            .map(([label, value]) => (
              <div key={label} className="fact">
                <dt>{text(label)}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
        {one.proposal === null || one.opinion === '' ? null : (
          <p>
            {text('approvals.proposed', {
              who: one.proposedBy,
              what: text(`approvals.proposal.${one.proposal}`),
              opinion: one.opinion,
            })}
          </p>
        )}
        {one.decidedOn === null ? null : (
          <p>
            {text('approvals.decided', { who: one.decidedBy, day: one.decidedOn })}
            {one.reason === '' ? '' : `：${one.reason}`}
          </p>
        )}
      </section>
      <section>
        <h2>{text('approvals.typed')}</h2>
        <Typed shown={one.shown} />
      </section>
      <section>
        <h2>{text('approvals.files')}</h2>
        {one.files.length === 0 ? (
          <p className="gl-hint">{text('approvals.files.none')}</p>
        ) : (
          <FileList files={one.files} />
        )}
      </section>
      <section>
        <h2>{text('approvals.history')}</h2>
        <ol className="plain-list">
          {one.steps.map((step, index) => (
            <li key={index}>
              {formatMoment(step.at)} {step.body} {step.actor}{' '}
              {step.proposal !== null
                ? text(`approvals.proposal.${step.proposal}`)
                : // In the own body whoever hands it in proposes it.
                  words(`approvals.step.${step.to === 'proposed' ? 'applied' : step.to}`)}
              {step.note === '' ? '' : `：${step.note}`}
            </li>
          ))}
        </ol>
      </section>
    </>
  )
}
