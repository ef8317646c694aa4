import { hasRedisServer } from '@gonglian/jobs/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openInstallation, type Installation } from './installation.ts'
import { failedSeeds } from './seeds.ts'
import { describeRun } from './summary.ts'
import { askOperator, compare, findEmptiness, work, type Evidence } from './torture.ts'

/** Of work; starting, healing and comparing come on top. */
const seconds = 120
const boundMs = 1_800_000
const usual = { seed: 8, found: 'nothing yet' }
const say = () => undefined

// Without a redis-server there is nothing to kill; npm test says that it is missing.
describe.skipIf(!hasRedisServer).each([usual, ...failedSeeds])('seed $seed ($found)', ({ seed }) => {
  let installation: Installation
  let evidence: Evidence
  beforeAll(async () => {
    installation = await openInstallation()
    evidence = await work(installation, { seed, seconds, untilComplete: true, say })
  }, boundMs)
  afterAll(() => installation.close(), boundMs)

  test(
    'nothing that was acknowledged is lost, and all is the sum of it',
    async () => {
      const said = await askOperator(installation, say)
      const compared = await compare(installation, evidence)
      const faults = [...evidence.faults, ...said, ...compared.faults]
      expect(faults, describeRun(seed, evidence, compared, faults)).toEqual([])
      expect(evidence.absences, describeRun(seed, evidence, compared, faults)).toEqual([])
    },
    boundMs,
  )

  test.each([
    [
      'a total',
      `update rollup.total set reported[1] = coalesce(reported[1], 0) + 1 where reported_count > 0`,
      /stored .*oracle/s,
    ],
    // Before the steps that states and acceptances follow from are planted away.
    ['a state', `update reporting.report set state = 'submitted' where state = 'accepted'`, /the oracle says accepted/],
    ['an acceptance', `update reporting.acceptance set ended_at = at where ended_at is null`, /acceptances in force/],
    ['a lost step', `delete from reporting.report_version where event = 'accepted'`, /acknowledged and not there/],
    [
      'a step twice',
      `insert into reporting.report_version (report_id, tenant_id, version, event, actor, at)
       select report_id, tenant_id, version, event, actor, at from reporting.report_version where event = 'withdrawn'`,
      /nobody whose call/,
    ],
    ['a lost report', `delete from reporting.report where state <> 'accepted'`, /is not there|is lost/],
    [
      'a changed audit line',
      `update tenancy.audit set action = 'report.return' where action = 'report.accept'`,
      /audit trail/,
    ],
  ])('planted and found: %s', async (_what, statement, found) => {
    const known = new Set((await compare(installation, evidence)).faults)
    const { numAffectedRows = 0n } = await installation.owner.transaction().execute(async (owner) => {
      // As somebody would who owns the database: past all triggers.
      await sql`set local session_replication_role = replica`.execute(owner)
      return sql.raw(statement).execute(owner)
    })
    const { faults } = await compare(installation, evidence)
    // What was planted before may have taken the last row of this kind: then there was nothing to plant.
    if (numAffectedRows === 0n) expect(faults.filter((fault) => !known.has(fault))).toEqual([])
    else expect(faults.filter((fault) => !known.has(fault)).join('\n')).toMatch(found)
  })
})

test('a run in which too little happened is a fault', () => {
  const nothing = { countChanges: () => 0, countDone: () => 0 }
  const faults = findEmptiness(nothing, 60, new Map())
  expect(faults).toEqual(
    expect.arrayContaining(['"accepted_again" never succeeded', '"PostgreSQL killed" never happened']),
  )
  expect(faults[0]).toMatch(/^only 0 changes/)
})
