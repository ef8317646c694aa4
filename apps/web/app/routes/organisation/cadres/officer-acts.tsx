import { useText } from '@gonglian/ui'
import { useState } from 'react'
import { ActDialog } from '../../../act-dialog.tsx'
import { orNull } from '../../../act-values.ts'
import { knownOf } from '../unions/union.ts'
import { engagements, ranks, type Officer, type Quotas } from './cadre.ts'

export type OfficerActsProps = {
  readonly officer: Officer
  readonly quotas: Quotas['rows']
  readonly paidDays: number
}

/** What may be done about a post of the body's own: completed, ended, and of who is not full-time a working day noted. */
export function OfficerActs({ officer, quotas, paidDays }: OfficerActsProps) {
  return (
    <span className="row-acts">
      <AmendAct officer={officer} quotas={quotas} />
      {officer.engagement === 'full_time' ? null : <DayAct officer={officer} paidDays={paidDays} />}
      <EndAct officer={officer} />
    </span>
  )
}

function EndAct({ officer }: { readonly officer: Officer }) {
  const text = useText()
  return (
    <ActDialog
      quiet
      label={text('cadres.end')}
      title={text('cadres.end.title', { name: officer.name })}
      fields={[
        { name: 'on', label: text('cadres.end.on'), kind: 'date', initial: 'today' },
        { name: 'reason', label: text('cadres.end.reason'), kind: 'text', maxLength: 200 },
      ]}
      run={(api, values) =>
        api.cadres.endPost.mutate({
          officerId: officer.officerId,
          version: officer.version,
          on: values['on'] ?? '',
          reason: values['reason'] ?? '',
        })
      }
    />
  )
}

function DayAct({ officer, paidDays }: { readonly officer: Officer; readonly paidDays: number }) {
  const text = useText()
  const [left, setLeft] = useState<number | null>(null)
  return (
    <>
      <ActDialog
        quiet
        label={text('cadres.day')}
        title={text('cadres.day.title', { name: officer.name })}
        text={text('cadres.day.text', { days: paidDays })}
        fields={[{ name: 'day', label: text('cadres.day.on'), kind: 'date', initial: 'today' }]}
        run={(api, values) =>
          api.cadres.recordUnionDay.mutate({ officerId: officer.officerId, day: values['day'] ?? '' })
        }
        onDone={(done) => setLeft(done.left)}
      />
      {left === null ? null : (
        <span className="gl-hint" role="status">
          {text('cadres.day.left', { left })}
        </span>
      )}
    </>
  )
}

function AmendAct({ officer, quotas }: Pick<OfficerActsProps, 'officer' | 'quotas'>) {
  const text = useText()
  const isUnion = officer.unionId !== null
  return (
    <ActDialog
      quiet
      label={text('cadres.amend')}
      title={text('cadres.amend.title', { name: officer.name, post: text(`cadres.post.${officer.post}`) })}
      fields={[
        {
          name: 'gender',
          label: text('cadres.gender'),
          kind: 'choice',
          initial: officer.gender ?? '',
          options: [
            { value: '', label: '—' },
            ...(['female', 'male'] as const).map((value) => ({ value, label: text(`cadres.gender.${value}`) })),
          ],
        },
        {
          name: 'engagement',
          label: text('cadres.engagement'),
          kind: 'choice',
          initial: officer.engagement,
          options: engagements.map((value) => ({ value, label: text(`cadres.engagement.${value}`) })),
        },
        {
          name: 'rank',
          label: text('cadres.rank'),
          kind: 'choice',
          initial: officer.rank,
          options: ranks.map((value) => ({ value, label: text(`cadres.rank.${value}`) })),
        },
        {
          name: 'concurrentPost',
          label: text('cadres.concurrent'),
          kind: 'text',
          optional: true,
          maxLength: 80,
          initial: officer.concurrentPost,
        },
        {
          name: 'isPartyCommittee',
          label: text('cadres.partyCommittee'),
          kind: 'check',
          initial: officer.isPartyCommittee ? 'yes' : '',
        },
        {
          name: 'quotaId',
          label: text('cadres.quota'),
          kind: 'choice',
          initial: officer.quotaId === null ? '' : String(officer.quotaId),
          options: quotaOptions(quotas, text('cadres.quota.none'), (one) => text(`cadres.category.${one.category}`)),
          when: () => !isUnion,
        },
        {
          name: 'contractEndsOn',
          label: text('cadres.contractEnds'),
          kind: 'date',
          optional: true,
          initial: officer.contractEndsOn ?? '',
          when: () => isUnion,
        },
      ]}
      run={(api, values) =>
        api.cadres.amendOfficer.mutate({
          officerId: officer.officerId,
          version: officer.version,
          gender: values['gender'] === 'female' ? 'female' : values['gender'] === 'male' ? 'male' : null,
          engagement: knownOf(engagements, values['engagement'] ?? '') ?? officer.engagement,
          rank: knownOf(ranks, values['rank'] ?? '') ?? officer.rank,
          concurrentPost: values['concurrentPost'] ?? '',
          isPartyCommittee: values['isPartyCommittee'] === 'yes',
          quotaId: isUnion ? officer.quotaId : values['quotaId'] ? Number(values['quotaId']) : null,
          contractEndsOn: isUnion ? orNull(values['contractEndsOn']) : officer.contractEndsOn,
        })
      }
    />
  )
}

/** Places on the establishment to choose from, with how many of each are taken. */
export function quotaOptions(
  quotas: Quotas['rows'],
  none: string,
  say: (quota: Quotas['rows'][number]) => string,
): { value: string; label: string }[] {
  return [
    { value: '', label: none },
    ...quotas.map((quota) => ({
      value: String(quota.quotaId),
      label: `${quota.unitName} ${say(quota)} ${quota.filled} / ${quota.posts}`,
    })),
  ]
}
