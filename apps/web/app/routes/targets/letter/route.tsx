import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { Icon, formatDateTime, useLocale, useText } from '@gonglian/ui'
import { translateUnknown } from '@gonglian/ui/messages'
import { useState } from 'react'
import { useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { PaperActs } from '../../../papers/paper-acts.tsx'
import { nameActor } from '../../reports/actor.ts'
import targetStyles from '../../../styles/targets.css?url'
import { titlePage } from '../../../titles.ts'
import { LetterSheet } from './letter-sheet.tsx'
import { SignDialog } from './sign-dialog.tsx'

export const meta = titlePage('targets.letter')
export const links: LinksFunction = () => [{ rel: 'stylesheet', href: targetStyles }]

export async function loader(args: LoaderFunctionArgs) {
  const body = new URL(args.request.url).searchParams.get('body')
  const ownId = args.context.visitor?.tenantId
  return ask(args, async (api) => {
    const letter = await api.targets.getLetter({
      planId: Number(args.params['planId']),
      ...(body === null ? {} : { receiver: body }),
    })
    const own = letter.receiver.id === ownId
    // A letter is its receiver's: whoever issued the target reads it here, and the receiver prints it.
    const papers = await Promise.all(
      (own ? letter.signed : []).map(({ id }) => api.papers.readPaper({ path: 'targets.letter', id })),
    )
    return { letter, own, papers }
  })
}

/** 责任状: the letter as it will print; what was signed stands with its hash and date. */
export default function LetterPage() {
  const { letter, own, papers } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const keep = useKeepingPeriod()
  const [signing, setSigning] = useState(false)
  const { plan, receiver, pending, signed } = letter
  const planPath = `/targets/${plan.id}${own ? '' : `?body=${encodeURIComponent(receiver.code)}`}`
  return (
    <div className="letter-page">
      <div className="letter-tools">
        <p className="targets-crumb">
          <Link to={keep(`/targets?year=${plan.year}`)}>{text('targets.title')}</Link> ›{' '}
          <Link to={keep(planPath)}>{plan.name}</Link> ›
        </p>
        <div className="targets-head">
          <h1>{text('targets.letter')}</h1>
          <span className={`targets-share targets-share-${pending === null ? 'signed' : 'issued'}`}>
            {text(pending === null ? 'targets.letter.state.signed' : 'targets.letter.state.pending')}
          </span>
          <span className="targets-actions">
            {papers.length > 0 ? null : (
              <button type="button" className="gl-button" onClick={() => window.print()}>
                <Icon name="print" size={15} /> {text('tables.print')}
              </button>
            )}
            {own && pending !== null && may('target:sign') ? (
              <button
                type="button"
                className="gl-button gl-button-main"
                disabled={pending.blocked !== null}
                onClick={() => setSigning(true)}
              >
                {text('targets.sign')}
              </button>
            ) : null}
          </span>
        </div>
        {pending?.blocked ? (
          <p className="targets-notice">
            {translateUnknown(locale, pending.blocked)}{' '}
            <Link to={keep(`${planPath}${own ? '?show=accept' : ''}`)}>{text('targets.letter.toPlan')}</Link>
          </p>
        ) : null}
        {own && pending !== null && !may('target:sign') ? (
          <p className="targets-notice">{text('targets.letter.byLeader')}</p>
        ) : null}
        {signed.map((one) => (
          <p className={one.intact ? 'targets-notice' : 'targets-notice gl-error-text'} key={one.id}>
            {text(one.intact ? 'targets.letter.intact' : 'targets.letter.broken', {
              by: nameActor(one.signedBy, locale),
              at: formatDateTime(one.signedAt),
              count: one.text.lines.length,
            })}
          </p>
        ))}
        {papers.map((sheet) => (
          <PaperActs key={sheet.id} sheet={sheet} name={text('papers.targets.letter')} signs="target:sign" />
        ))}
      </div>
      {signed.map((one) => (
        <LetterSheet
          key={one.id}
          letter={letter}
          content={one.text}
          seal={{ hash: one.hash, signedBy: one.signedBy, signedAt: one.signedAt }}
        />
      ))}
      {pending === null ? null : (
        <LetterSheet letter={letter} content={pending.text} seal={null} digest={pending.digest} />
      )}
      {signing && pending !== null ? (
        <SignDialog
          plan={plan}
          receiver={receiver}
          digest={pending.digest}
          count={pending.text.lines.length}
          onClose={() => setSigning(false)}
        />
      ) : null}
    </div>
  )
}
