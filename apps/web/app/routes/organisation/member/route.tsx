import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { useState, type ReactNode } from 'react'
import { Icon, formatDateTime, useText } from '@gonglian/ui'
import { mayDo } from '@gonglian/tenancy/permissions'
import { useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { RecordFiles } from '../../../files/record-files.tsx'
import { useMay } from '../../../may.ts'
import { titleAfter } from '../../../titles.ts'
import { findPaper } from '../../../papers/find-paper.ts'
import { PaperActs } from '../../../papers/paper-acts.tsx'
import { sayReason } from '../exports/opening-reasons.ts'
import { MemberStateMark } from '../members/member-table.tsx'
import { MemberActs } from './member-acts.tsx'
import { MemberSteps } from './member-steps.tsx'
import { OpenDialog, type OpenedFields } from './open-dialog.tsx'
import { StepList } from './step-list.tsx'
import { openableFields as openable } from '@gonglian/organisation/codes'

export const meta = titleAfter<Awaited<ReturnType<typeof loader>>>(({ member }) => member.name)

export async function loader(args: LoaderFunctionArgs) {
  const memberId = Number(args.params['id'])
  return ask(args, async (api) => {
    const readsOpenings = mayDo(args.context.visitor?.roles ?? [], 'opening:read')
    const [member, { steps }, { files }, cards] = await Promise.all([
      api.members.getMember({ memberId }),
      api.members.findNextMemberSteps({ memberId }),
      api.files.listRecordFiles({ kind: 'member', objectId: memberId }),
      api.members.listCards({ memberId }),
    ])
    const openings = readsOpenings
      ? await api.members.listOpenings({ objectKind: 'member', objectId: String(memberId), pageSize: 20 })
      : null
    const card = await findPaper(args, api, 'members.card', memberId)
    return { member, steps, files, cards, openings, card, bodyId: args.context.visitor?.tenantId ?? 0 }
  })
}

/** One membership: whose it is, where it stands, what may be done now, and everything that happened to it. */
export default function MemberPage() {
  const { member, steps, files, cards, openings, card, bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const keep = useKeepingPeriod()
  const may = useMay()
  const [opened, setOpened] = useState<OpenedFields | null>(null)
  const shown = (name: 'idNumber' | 'mobile'): ReactNode => {
    const value = opened?.of === member.id ? opened.fields[name] : undefined
    return value ? <strong className="opened">{value}</strong> : (member[name] ?? '—')
  }
  const birth = opened?.of === member.id ? opened.fields.birth : undefined
  const facts: readonly (readonly [string, ReactNode])[] = [
    [text('members.idNumber'), shown('idNumber')],
    [text('members.mobile'), shown('mobile')],
    [text('members.sex'), member.sex === null ? '—' : text(`members.sex.${member.sex}`)],
    birth
      ? [text('members.birth'), <strong className="opened">{birth}</strong>]
      : [text('members.age'), member.age ?? '—'],
    [text('members.union'), <Link to={keep(`/organisation/unions/${member.unionId}`)}>{member.unionName}</Link>],
    [text('members.kind'), text(`members.kind.${member.kind}`)],
    [text('members.employment'), text(`members.employment.${member.employment}`)],
    [text('members.hukou'), member.hukou === null ? '—' : text(`members.hukou.${member.hukou}`)],
    ...(['hukouArea', 'education', 'job', 'group'] as const).flatMap((name) =>
      member[name] === '' ? [] : [[text(`members.${name}`), member[name]] as const],
    ),
    ...(['employer', 'custody'] as const).flatMap((name) =>
      member[`${name}Name`] === null ? [] : [[text(`members.${name}`), member[`${name}Name`]] as const],
    ),
    ...(member.destination === ''
      ? []
      : [
          [
            text('members.destination'),
            member.destinationOn === null
              ? member.destination
              : text('members.destinationOf', { place: member.destination, on: member.destinationOn }),
          ] as const,
        ]),
    [
      text('members.consent'),
      member.consent === null
        ? '—'
        : text('members.consent.given', { version: member.consent.version, on: member.consent.on }),
    ],
  ]
  const standing: readonly (readonly [string, ReactNode])[] = [
    [text('members.applied'), member.appliedOn],
    [text('members.joined'), member.joinedOn ?? '—'],
    ...(member.retainedFor === '' ? [] : [[text('members.retainedFor'), nameRetained(member.retainedFor)] as const]),
    ...(member.leftOn === null ? [] : [[text('members.left'), member.leftOn] as const]),
    [text('members.votes'), text(member.votes ? 'members.yes' : 'members.no')],
    [text('members.pays'), text(member.pays ? 'members.yes' : 'members.no')],
  ]
  const { transfer } = member
  const moved: readonly (readonly [string, ReactNode])[] =
    transfer === null
      ? []
      : [
          [text('transfers.to'), text('transfers.to.found', { union: transfer.toUnion, body: transfer.toBody })],
          [text('members.transfer.state'), text(`transfers.state.${transfer.state}`)],
          [text('members.transfer.asked'), transfer.requestedOn],
          ...(transfer.state === 'requested'
            ? [[text('members.transfer.until'), transfer.expiresOn] as const]
            : transfer.decidedOn === null
              ? []
              : [[text('members.transfer.decided'), transfer.decidedOn] as const]),
          ...(transfer.answer === '' ? [] : [[text('members.transfer.answer'), transfer.answer] as const]),
        ]
  function nameRetained(why: string): string {
    const known = (['retired', 'unemployed', 'military'] as const).find((one) => one === why)
    return known ? text(`members.retain.${known}`) : why
  }
  return (
    <div className="union-page">
      <Link className="area-back" to={keep('/organisation/members')}>
        <Icon name="left" />
        {text('members.title')}
      </Link>
      <div className="area-head">
        <div>
          <h1>{member.name}</h1>
          <p>
            <MemberStateMark state={member.state} />
          </p>
        </div>
        <MemberActs member={member} bodyId={bodyId} />
      </div>
      <MemberSteps member={member} steps={steps} />
      <div className="union-columns">
        <section>
          <div className="section-head">
            <h2>{text('members.facts')}</h2>
            <OpenDialog member={member} fields={openable} onOpened={setOpened} />
          </div>
          <Facts facts={facts} />
        </section>
        <section>
          <h2>{text('members.standing')}</h2>
          <Facts facts={standing} />
          {transfer === null ? null : (
            <>
              <h2 className="later">{text('transfers.title')}</h2>
              <Facts facts={moved} />
            </>
          )}
          <h2 className="later">{text('members.cards')}</h2>
          {cards.length === 0 ? (
            <p className="gl-hint">{text('members.cards.none')}</p>
          ) : (
            <ul className="plain-list">
              {cards.map((card) => {
                const why = (['lost', 'damaged', 'changed'] as const).find((one) => one === card.replacedFor)
                return (
                  <li key={card.cardNo}>
                    {card.cardNo} <span className="gl-hint">{card.issuedOn}</span>
                    {card.replacedOn === null ? null : (
                      <span className="gl-hint">
                        {' '}
                        {text('members.cards.replaced', {
                          on: card.replacedOn,
                          why: why ? text(`members.replace.${why}`) : card.replacedFor,
                        })}
                      </span>
                    )}
                  </li>
                )
              })}
            </ul>
          )}
        </section>
        <RecordFiles
          kind="member"
          objectId={member.id}
          files={files}
          writes={may('member:write') && member.leftOn === null}
        />
        {card === null ? null : <PaperActs sheet={card} name={text('papers.members.card')} signs="member:write" />}
        <section>
          <h2>{text('members.history')}</h2>
          <StepList steps={member.steps} />
          {openings === null ? null : (
            <>
              <h2 className="later">{text('members.openings', { count: openings.total })}</h2>
              {openings.openings.length === 0 ? (
                <p className="gl-hint">{text('members.openings.none')}</p>
              ) : (
                <ul className="plain-list">
                  {openings.openings.map((opening, index) => (
                    <li key={index}>
                      {formatDateTime(opening.at)} {opening.actor}{' '}
                      <span className="gl-hint">
                        {opening.fields
                          .flatMap((field) => {
                            const known = openable.find((one) => one === field)
                            return known ? [text(`members.${known}`)] : field === 'file' ? [text('files.title')] : []
                          })
                          .join(text('members.and'))}
                        {text('members.colon')}
                        {sayReason(opening, text)}
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </>
          )}
        </section>
      </div>
    </div>
  )
}

function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {facts.map(([name, value]) => (
        <div key={name} className="fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
