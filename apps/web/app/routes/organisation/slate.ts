import { useText } from '@gonglian/ui'
import type { ActField } from '../../act-dialog.tsx'
import { readFilledRows, readWhole, type ActValues } from '../../act-values.ts'
import { electedBodies, slatePosts as posts } from '@gonglian/organisation/codes'
export { electedBodies } from '@gonglian/organisation/codes'

/** Unions of unions have the terms of federations. */
export const isFederation = (kind: string) => kind.startsWith('UNION_ASSOC') || kind === 'FEDERATION_TOWNSHIP'

/**
 * What is asked about an election: who may vote, for how long, for whom.
 *
 * @param options.asksMembers whether the number of members is asked here; the application for a founding asks it itself
 */
export function useSlateFields(options: {
  readonly isFederation: boolean
  readonly asksMembers: boolean
}): readonly ActField[] {
  const text = useText()
  const years = options.isFederation ? ['5'] : ['3', '5']
  const at = (name: string) => ({ name, paths: [`congress.${name}`] })
  return [
    ...(options.asksMembers
      ? [{ ...at('memberCount'), label: text('slate.memberCount'), kind: 'number' as const }]
      : []),
    {
      ...at('electorate'),
      label: text('slate.electorate'),
      kind: 'choice',
      initial: 'members',
      options: (['members', 'representatives'] as const).map((one) => ({
        value: one,
        label: text(`slate.electorate.${one}`),
      })),
    },
    { ...at('eligible'), label: text('slate.eligible'), kind: 'number' },
    {
      ...at('termYears'),
      label: text('slate.termYears'),
      kind: 'choice',
      initial: years[0] ?? '5',
      options: years.map((year) => ({ value: year, label: text('slate.years', { years: year }) })),
    },
    ...electedBodies.map((body, index): ActField => ({
      name: `seats.${body}`,
      paths: [`bodies.${index}.seats`, `congress.bodies.${index}.seats`],
      label: text('slate.seats', { body: text(`unions.termOf.${body}`) }),
      kind: 'number',
      optional: true,
    })),
    {
      name: 'candidates',
      paths: ['bodies', 'congress'],
      label: text('slate.candidates.only'),
      kind: 'rows',
      columns: [
        {
          name: 'body',
          label: text('slate.body'),
          kind: 'choice',
          options: electedBodies.map((body) => ({ value: body, label: text(`unions.termOf.${body}`) })),
        },
        { name: 'name', label: text('unions.person'), kind: 'text' },
        {
          name: 'gender',
          label: text('slate.gender'),
          kind: 'choice',
          options: [
            { value: '', label: '—' },
            { value: 'female', label: text('slate.female') },
            { value: 'male', label: text('slate.male') },
          ],
        },
        {
          name: 'post',
          label: text('slate.post'),
          kind: 'choice',
          options: posts.map((post) => ({ value: post, label: text(`slate.post.${post}`) })),
        },
        { name: 'isNearRelative', label: text('unions.nearRelative'), kind: 'check' },
      ],
    },
  ]
}

/** What was typed of an election, but for the number of members. */
export function readSlate(values: ActValues) {
  return {
    electorate: values['electorate'] === 'representatives' ? ('representatives' as const) : ('members' as const),
    eligible: readWhole(values['eligible']),
    termYears: readWhole(values['termYears']),
    bodies: readBodies(values),
  }
}

/** The bodies that have seats or candidates, in the order of the fields. */
function readBodies(values: ActValues) {
  const rows = readFilledRows(values['candidates'], 'name')
  return electedBodies.flatMap((body, index) => {
    const candidates = rows
      .filter((row) => (row['body'] ?? '') === body || (index === 0 && (row['body'] ?? '') === ''))
      .map((row) => ({
        name: row['name'] ?? '',
        gender: row['gender'] === 'female' ? ('female' as const) : row['gender'] === 'male' ? ('male' as const) : null,
        post: posts.find((post) => post === row['post']) ?? ('member' as const),
        isNearRelative: row['isNearRelative'] === 'yes',
      }))
    const seats = values[`seats.${body}`] ?? ''
    return seats === '' && candidates.length === 0 ? [] : [{ body, seats: readWhole(seats), candidates }]
  })
}
