import { anIdNumber } from '@gonglian/organisation/testing'
import type { Person } from './person.ts'

/** Id numbers of invented people, another each time; files that run at once begin at different places. */
export function drawIds(from: number): () => string {
  let drawn = from
  return () => anIdNumber((drawn += 1))
}

/** The same number with another last digit: well formed, and wrong. */
export function spoil(idNumber: string): string {
  return `${idNumber.slice(0, 17)}${idNumber.endsWith('0') ? '1' : '0'}`
}

/** Somebody with a number, without a mobile. */
export async function registerMember(
  by: Person,
  person: {
    readonly name: string
    readonly idNumber: string
    readonly unionId: number
    readonly mobile?: string
    readonly destination?: string
  },
): Promise<{ memberId: number; version: number; idNumber: string }> {
  const { memberId, version } = await by.api.members.registerMember.mutate({
    ...person,
    hukou: 'rural',
    consent: { version: '2026', on: '2026-01-05', channel: 'paper' },
    joinedOn: '2026-02-01',
  })
  return { memberId, version, idNumber: person.idNumber }
}
