import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { orNull, readWhole } from '../../../act-values.ts'
import { findUnions } from '../finders.ts'
import { knownOf } from '../unions/union.ts'
import { appointments, engagements, posts, ranks, type Quotas } from './cadre.ts'
import { quotaOptions } from './officer-acts.tsx'

/** Puts somebody into a post of the body or of one of its unions. */
export function AppointOfficer({ quotas, bodyId }: { readonly quotas: Quotas['rows']; readonly bodyId: number }) {
  const text = useText()
  return (
    <ActDialog
      primary
      label={text('cadres.appoint')}
      title={text('cadres.appoint')}
      fields={[
        {
          name: 'place',
          label: text('cadres.place'),
          kind: 'choice',
          initial: 'union',
          options: [
            { value: 'union', label: text('cadres.place.union') },
            { value: 'body', label: text('registers.itself') },
          ],
        },
        {
          name: 'unionId',
          label: text('registers.union'),
          kind: 'find',
          find: findUnions(bodyId),
          when: ({ place }) => place === 'union',
        },
        { name: 'name', label: text('cadres.name'), kind: 'text', maxLength: 60 },
        {
          name: 'gender',
          label: text('cadres.gender'),
          kind: 'choice',
          initial: 'female',
          options: (['female', 'male'] as const).map((value) => ({ value, label: text(`cadres.gender.${value}`) })),
        },
        {
          name: 'post',
          label: text('cadres.post'),
          kind: 'choice',
          initial: 'chair',
          options: posts.map((value) => ({ value, label: text(`cadres.post.${value}`) })),
        },
        {
          name: 'engagement',
          label: text('cadres.engagement'),
          kind: 'choice',
          initial: 'part_time',
          options: engagements.map((value) => ({ value, label: text(`cadres.engagement.${value}`) })),
        },
        {
          name: 'rank',
          label: text('cadres.rank'),
          kind: 'choice',
          initial: 'none',
          options: ranks.map((value) => ({ value, label: text(`cadres.rank.${value}`) })),
        },
        {
          name: 'quotaId',
          label: text('cadres.quota'),
          kind: 'choice',
          initial: '',
          options: quotaOptions(quotas, text('cadres.quota.none'), (one) => text(`cadres.category.${one.category}`)),
          when: ({ place }) => place === 'body',
        },
        {
          name: 'concurrentPost',
          label: text('cadres.concurrent'),
          kind: 'text',
          optional: true,
          maxLength: 80,
        },
        {
          name: 'isNearRelative',
          label: text('cadres.nearRelative'),
          kind: 'check',
          optional: true,
          when: ({ place }) => place === 'union',
        },
        {
          name: 'appointedBy',
          label: text('cadres.appointedBy'),
          kind: 'choice',
          initial: 'elected',
          options: appointments.map((value) => ({ value, label: text(`cadres.appointedBy.${value}`) })),
        },
        { name: 'isPartyCommittee', label: text('cadres.partyCommittee'), kind: 'check', optional: true },
        {
          name: 'contractEndsOn',
          label: text('cadres.contractEnds'),
          kind: 'date',
          optional: true,
          when: ({ place }) => place === 'union',
        },
        { name: 'validFrom', label: text('cadres.from'), kind: 'date', initial: 'today' },
      ]}
      run={(api, values) =>
        api.cadres.appointOfficer.mutate({
          // Nothing chosen is no union: refused beside the field.
          unionId: values['place'] === 'union' ? readWhole(values['unionId']) : null,
          name: values['name'] ?? '',
          gender: values['gender'] === 'male' ? 'male' : 'female',
          post: knownOf(posts, values['post'] ?? '') ?? 'chair',
          engagement: knownOf(engagements, values['engagement'] ?? '') ?? 'part_time',
          rank: knownOf(ranks, values['rank'] ?? '') ?? 'none',
          quotaId: values['quotaId'] ? readWhole(values['quotaId']) : null,
          concurrentPost: values['concurrentPost'] ?? '',
          isNearRelative: values['place'] === 'union' ? values['isNearRelative'] === 'yes' : null,
          appointedBy: knownOf(appointments, values['appointedBy'] ?? '') ?? 'elected',
          isPartyCommittee: values['isPartyCommittee'] === 'yes',
          contractEndsOn: orNull(values['contractEndsOn']),
          validFrom: values['validFrom'] ?? '',
        })
      }
    />
  )
}
