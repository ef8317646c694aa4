import { moveFounding } from '@gonglian/organisation/testing'
import pg from 'pg'
import { inject } from 'vitest'
import { approveDraft } from './approved-union.ts'
import type { Person } from './person.ts'

const three = ['union_committee', 'audit_committee', 'women_committee'] as const

/** A union of a single employer that went the whole way over the wire: applied for, approved, founded with its first committees. */
export async function foundUnion(
  officer: Person,
  leader: Person,
  union: {
    readonly name: string
    readonly foundedOn: string
    readonly termYears: 3 | 5
    readonly bodies?: readonly (typeof three)[number][]
    readonly women?: number
  },
): Promise<{ readonly unionId: number; readonly name: string }> {
  const { foundedOn, termYears, bodies = three } = union
  const { employerId } = await officer.api.employers.registerEmployer.mutate({
    name: union.name,
    headcount: 100,
  })
  const name = `${union.name}工会委员会`
  const draft = await officer.api.unions.draftUnion.mutate({
    name,
    kind: 'BASIC_SINGLE',
    employerId,
    headcount: 100,
    femaleHeadcount: union.women ?? 30,
  })
  const { unionId } = draft
  const names = ['甲', '乙', '丙', '丁'].map((rest) => `初任${rest}`)
  const { version } = await approveDraft(officer, leader, draft, {
    electorate: 'members',
    eligible: 90,
    termYears,
    bodies: bodies.map((body) => ({
      body,
      seats: 3,
      candidates: names.map((one, place) => ({
        name: one,
        isNearRelative: false,
        post: place === 0 ? ('chair' as const) : ('member' as const),
      })),
    })),
  })
  const { union: approved } = await officer.api.unions.getUnion.query({ unionId })
  const votes = bodies.flatMap((body) =>
    names.map((one, place) => ({ body, name: one, votes: place < 3 ? 70 - place : 20 })),
  )
  await officer.api.unions.foundUnion.mutate({
    unionId,
    version,
    on: approved.approved_on ?? '',
    congress: { present: 80, votes },
  })
  const owner = new pg.Client({ connectionString: inject('house').ownerUrl })
  await owner.connect()
  try {
    await moveFounding(owner, unionId, foundedOn, termYears)
  } finally {
    await owner.end()
  }
  return { unionId, name }
}
