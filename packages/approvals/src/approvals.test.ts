import { createDatabase } from '@gonglian/db'
import { openFile, removeFile } from '@gonglian/files'
import { aKeeper, readAll, samplePaper, storeSample } from '@gonglian/files/testing'
import { setLimit } from '@gonglian/indicators'
import { performCommand, readList } from '@gonglian/records'
import {
  DomainError,
  MoveFederation,
  listOpenings,
  moveFederation,
  systemActor,
  withTenant,
  type Role,
  type TenantContext,
  type UserActor,
} from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { sql } from 'kysely'
import { gatherTasks } from '@gonglian/tasks'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { applicationFiles, defineApproval } from './approval.ts'
import { applyFor } from './applying.ts'
import { collectApprovals, declareDecisions, lapseApplications } from './deciding.ts'
import { receivedView, sentView } from './declared.ts'
import { getApplication, listReceived, listSent } from './reading.ts'
import { approvalTasks } from './tasks.ts'
import { applicationMoves, applicationStates } from './states.ts'

const { deps, close, ownerUrl, setNow } = await openTestDeps()
const owner = createDatabase(ownerUrl, 1)
afterAll(async () => {
  await owner.pool.end()
  await close()
})
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const person = (code: string, role: Role, name = `${code}-${role}`): UserActor => ({
  ...aUser(id(code), role),
  username: name,
})
const county = { officer: person('513221', 'officer'), leader: person('513221', 'leader') }
const city = { officer: person('5132', 'officer'), leader: person('5132', 'leader') }
const province = { officer: person('51', 'officer'), leader: person('51', 'leader') }
const neighbour = { officer: person('513222', 'officer'), leader: person('513222', 'leader') }
const as = <T>(actor: UserActor, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error: unknown = await work.then(
    () => 'it went through',
    (reason: unknown) => reason,
  )
  if (error instanceof DomainError) return error
  throw error instanceof Error ? error : new Error(String(error))
}

/** What took effect, and at which body: the effect is a line of audit there. */
const effects: string[] = []
let fails = false
const leave = defineApproval({
  key: 'leave',
  permission: 'report:fill',
  slots: ['form'],
  typed: z.object({ who: z.string(), days: z.int() }),
  show: ({ who, days }) => ({
    facts: [
      { label: 'who', value: who },
      { label: 'days', value: String(days) },
    ],
    tables: [],
  }),
  approve: async (ctx, { objectId, fromTenantId }, { who }, { paperNo }) => {
    if (fails) throw new DomainError('conflict', 'errors.conflict')
    // Only the owner's rows can be written here.
    await ctx.db
      .insertInto('approvals.paper_series')
      .values({ tenant_id: fromTenantId, year: 2199, last_serial: 1 })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'year']).doUpdateSet({ last_serial: 2 }))
      .execute()
    effects.push(`approved ${objectId} ${who} ${paperNo} at ${ctx.tenantId}`)
  },
  release: (ctx, { objectId }, _typed, how) => {
    effects.push(`${how} ${objectId} at ${ctx.tenantId}`)
    return Promise.resolve()
  },
})
const approvals = collectApprovals([leave])
const { proposeDecision, approveApplication, returnApplication, withdrawApplication } = declareDecisions(approvals)

let object = 0
beforeEach(() => {
  setNow('2026-11-21T12:00:00+08:00')
  effects.length = 0
  fails = false
  object += 1
})

const paper = async (actor = county.officer) => (await storeSample(deps, actor, applicationFiles, samplePaper)).fileId
async function apply(level: 'superior' | 'own' = 'superior', actor = county.officer) {
  const fileId = await paper(actor)
  const { applicationId } = await as(actor, (ctx) =>
    applyFor(ctx, leave, {
      objectId: object,
      title: `请示 ${object}`,
      typed: { who: '甲', days: 3 },
      files: [{ fileId, slot: 'form' }],
      level,
    }),
  )
  return { applicationId, fileId }
}
const read = (actor: UserActor, applicationId: number) =>
  as(actor, (ctx) => getApplication(ctx, approvals, { applicationId }))
const seenBy = async (actor: UserActor, applicationId: number) => ({
  applicationId,
  version: (await read(actor, applicationId)).version,
})
async function propose(applicationId: number, actor = city.officer, proposal: 'approve' | 'return' = 'approve') {
  const seen = await seenBy(actor, applicationId)
  return as(actor, (ctx) => performCommand(ctx, proposeDecision, { ...seen, proposal, opinion: '材料齐全' }))
}
async function approve(applicationId: number, actor = city.leader) {
  const seen = await seenBy(actor, applicationId)
  return as(actor, (ctx) => performCommand(ctx, approveApplication, seen))
}
async function sendBack(applicationId: number, actor = city.leader) {
  const seen = await seenBy(actor, applicationId)
  return as(actor, (ctx) => performCommand(ctx, returnApplication, { ...seen, reason: '缺少公章' }))
}

describe('applied, proposed, approved', () => {
  test('takes effect at the applicant in the same transaction, with the number of the paper', async () => {
    const { applicationId } = await apply()
    await propose(applicationId)
    const { paperNo } = await approve(applicationId)
    expect(paperNo).toMatch(/^阿坝州工复〔2026〕\d+号$/)
    expect(effects).toEqual([`approved ${object} 甲 ${paperNo} at ${id('513221')}`])
    for (const actor of [county.officer, city.leader]) {
      const view = await read(actor, applicationId)
      expect(view).toMatchObject({ state: 'approved', paperNo, shown: { facts: [{ value: '甲' }, { value: '3' }] } })
      expect(view.steps.map(({ to, actor: by }) => [to, by])).toEqual([
        ['applied', '513221-officer'],
        ['proposed', '5132-officer'],
        ['approved', '5132-leader'],
      ])
    }
  })

  test('what fails there decides nothing and costs no number', async () => {
    const first = await apply()
    await propose(first.applicationId)
    fails = true
    expect(await refusal(approve(first.applicationId))).toMatchObject({ key: 'errors.conflict' })
    expect(await read(city.leader, first.applicationId)).toMatchObject({ state: 'proposed', paperNo: '' })
    fails = false
    const { paperNo } = await approve(first.applicationId)
    object += 1
    const second = await apply()
    await propose(second.applicationId)
    const next = await approve(second.applicationId)
    const serial = (text: string) => Number(/〕(\d+)号/.exec(text)?.[1])
    expect(serial(next.paperNo)).toBe(serial(paperNo) + 1)
  })

  test('numbers have no gap and no double under concurrency, and begin anew each year', async () => {
    const ids: number[] = []
    for (let number = 0; number < 6; number += 1) {
      object += 1
      const { applicationId } = await apply()
      await propose(applicationId)
      ids.push(applicationId)
    }
    setNow('2026-12-31T12:00:00+08:00')
    const papers = await Promise.all(ids.slice(0, 5).map((applicationId) => approve(applicationId)))
    const serials = papers.map(({ paperNo }) => Number(/〕(\d+)号/.exec(paperNo)?.[1])).toSorted((a, b) => a - b)
    const [least = 0] = serials
    expect(serials).toEqual([0, 1, 2, 3, 4].map((more) => least + more))
    setNow('2027-01-04T12:00:00+08:00')
    expect((await approve(ids[5] ?? 0)).paperNo).toBe('阿坝州工复〔2027〕1号')
  })

  test('the day in time counts working days, and a place sets how many and what the paper is called', async () => {
    const { applicationId } = await apply()
    // 2026-11-21 is a Saturday; twenty working days later, weekends alone being free.
    expect((await read(county.officer, applicationId)).dueOn).toBe('2026-12-18')
    await as(city.leader, (ctx) =>
      setLimit(ctx, { key: 'approvals.paper_prefix', value: '阿工复', validFrom: '2026-01-01', source: '本会规定' }),
    )
    await propose(applicationId)
    expect((await approve(applicationId)).paperNo).toMatch(/^阿工复〔2026〕/)
  })
})

describe('four eyes', () => {
  test('nobody of the applicant’s body proposes or decides', async () => {
    const { applicationId } = await apply()
    for (const actor of [county.officer, county.leader])
      expect(await refusal(propose(applicationId, actor))).toMatchObject({ code: 'not_found' })
    await propose(applicationId)
    expect(await refusal(approve(applicationId, county.leader))).toMatchObject({ code: 'not_found' })
  })

  test('whoever proposed does not decide, and an officer never does', async () => {
    const { applicationId } = await apply()
    await propose(applicationId, city.leader)
    expect(await refusal(approve(applicationId, city.leader))).toMatchObject({ key: 'approvals.fourEyes' })
    expect(await refusal(approve(applicationId, city.officer))).toMatchObject({ code: 'forbidden' })
    await approve(applicationId, person('5132', 'leader', 'second-leader'))
  })

  test('a unit of the own register: whoever enters it proposes, the leader decides', async () => {
    const { applicationId } = await apply('own')
    expect(await read(county.leader, applicationId)).toMatchObject({ state: 'proposed', proposedBy: '513221-officer' })
    const sameName = person('513221', 'leader', '513221-officer')
    expect(await refusal(approve(applicationId, sameName))).toMatchObject({ key: 'approvals.fourEyes' })
    expect(await refusal(read(city.leader, applicationId))).toMatchObject({ code: 'not_found' })
    await approve(applicationId, county.leader)
    expect(effects).toHaveLength(1)
  })

  test('nothing is decided that nobody proposed', async () => {
    const { applicationId } = await apply()
    expect(await refusal(approve(applicationId))).toMatchObject({ key: 'approvals.move' })
    expect(await refusal(sendBack(applicationId))).toMatchObject({ key: 'approvals.move' })
  })
})

describe('the papers', () => {
  const keeper = aKeeper([applicationFiles])
  test('are needed, are read by both bodies and nobody else, and who opens them there is read here', async () => {
    const missing = as(county.officer, (ctx) =>
      applyFor(ctx, leave, {
        objectId: object,
        title: 'x',
        typed: { who: '甲', days: 1 },
        files: [],
        level: 'superior',
      }),
    )
    expect(await refusal(missing)).toMatchObject({ fields: [{ path: 'files.form', key: 'approvals.paperMissing' }] })
    const { applicationId, fileId } = await apply()
    expect((await read(city.officer, applicationId)).files).toMatchObject([{ fileId, slot: 'form' }])
    const opened = await openFile(deps, keeper, city.officer, fileId)
    expect((await readAll(opened.content)).equals(samplePaper)).toBe(true)
    for (const actor of [province.officer, neighbour.officer]) {
      expect(await refusal(openFile(deps, keeper, actor, fileId))).toMatchObject({ code: 'not_found' })
      expect(await refusal(read(actor, applicationId))).toMatchObject({ code: 'not_found' })
    }
    const asked = { objectKind: 'application', objectId: String(fileId), page: 1, pageSize: 50 }
    const { openings } = await as(county.leader, (ctx) => listOpenings(ctx, asked))
    expect(openings).toMatchObject([{ byTenantId: id('5132'), actor: '5132-officer' }])
  })

  test('stay while it waits, may be exchanged when it was returned, and are kept once it is decided', async () => {
    const { applicationId, fileId } = await apply()
    const remove = () => as(county.officer, (ctx) => removeFile(ctx, keeper.kinds, { fileId }))
    expect(await refusal(remove())).toMatchObject({ key: 'files.kept' })
    await propose(applicationId)
    await sendBack(applicationId)
    await remove()
    const again = await apply()
    expect(again.applicationId).toBe(applicationId)
    await propose(applicationId)
    await approve(applicationId)
    const kept = as(county.officer, (ctx) => removeFile(ctx, keeper.kinds, { fileId: again.fileId }))
    expect(await refusal(kept)).toMatchObject({ key: 'files.kept' })
  })
})

describe('returned, taken back, lapsed', () => {
  test('a returned one says why, is handed in again, and its history shows both rounds', async () => {
    const { applicationId } = await apply()
    await propose(applicationId, city.officer, 'return')
    await sendBack(applicationId)
    expect(await read(county.officer, applicationId)).toMatchObject({ state: 'returned', reason: '缺少公章' })
    await apply()
    const view = await read(city.officer, applicationId)
    expect(view).toMatchObject({ state: 'applied', reason: '', proposal: null })
    expect(view.steps.map(({ to }) => to)).toEqual(['applied', 'proposed', 'returned', 'applied'])
    expect(view.steps.map(({ proposal }) => proposal)).toEqual([null, 'return', null, null])
    expect(effects).toEqual([`returned ${object} at ${id('513221')}`])
  })

  test('of one record one application is open', async () => {
    await apply()
    expect(await refusal(apply())).toMatchObject({ key: 'approvals.open' })
  })

  test('the applicant takes it back, the superior can’t', async () => {
    const { applicationId } = await apply()
    const take = async (actor: UserActor) => {
      const seen = await seenBy(actor, applicationId)
      return as(actor, (ctx) => performCommand(ctx, withdrawApplication, { ...seen, reason: '暂不办理' }))
    }
    expect(await refusal(take(city.officer))).toMatchObject({ code: 'not_found' })
    await take(county.officer)
    expect(effects).toEqual([`withdrawn ${object} at ${id('513221')}`])
    expect(await refusal(propose(applicationId))).toMatchObject({ key: 'approvals.move' })
  })

  test('what nobody decided lapses after its day, by the worker; until then a late one can be decided', async () => {
    const { applicationId } = await apply()
    await propose(applicationId)
    const { dueOn, lapsesOn } = await read(county.officer, applicationId)
    setNow(`${lapsesOn}T12:00:00+08:00`)
    expect(lapsesOn > dueOn).toBe(true)
    expect(await lapseApplications(deps, approvals)).toBe(0)
    expect((await read(city.leader, applicationId)).isLate).toBe(true)
    setNow(new Date(Date.parse(`${lapsesOn}T12:00:00+08:00`) + 86_400_000).toISOString())
    expect(await refusal(approve(applicationId))).toMatchObject({ key: 'approvals.lapsed' })
    expect(await lapseApplications(deps, approvals)).toBeGreaterThan(0)
    expect(await read(county.officer, applicationId)).toMatchObject({ state: 'lapsed' })
    expect(effects).toContain(`lapsed ${object} at ${id('513221')}`)
  })
})

describe('a body that moves', () => {
  test('takes along what waits: the new superior reads it with its papers and begins anew', async () => {
    const mover = { officer: person('513221101', 'officer') }
    const { applicationId, fileId } = await apply('superior', mover.officer)
    await propose(applicationId, county.officer)
    await withTenant(deps, systemActor('test', id('00')), (ctx) =>
      moveFederation(
        ctx,
        MoveFederation.parse({
          federationId: id('513221101'),
          parentId: id('513222'),
          from: '2026-11-16',
          reason: '区划调整',
        }),
      ),
    )
    expect(await refusal(read(county.leader, applicationId))).toMatchObject({ code: 'not_found' })
    const view = await read(neighbour.officer, applicationId)
    expect(view).toMatchObject({ state: 'applied', proposal: null, isSuperior: true })
    expect(view.steps.map(({ to }) => to)).toEqual(['applied', 'proposed', 'followed'])
    expect(view.files).toMatchObject([{ fileId }])
    for (const code of ['513221101', '513221', '513222'])
      await as(person(code, 'auditadmin'), async ({ db }) => {
        const { rows } = await sql`select 1 from tenancy.audit where action = 'application.followed'
          and object_id = ${String(applicationId)} and tenant_id = ${id(code)}`.execute(db)
        expect(rows, code).toHaveLength(1)
      })
    await propose(applicationId, neighbour.officer)
    await approve(applicationId, neighbour.leader)
    expect(effects).toEqual([expect.stringContaining(`at ${id('513221101')}`)])
  })
})

describe('whatever the statement, the database lets', () => {
  const statement = (actor: UserActor, text: string, applicationId: number) =>
    as(actor, ({ db }) =>
      sql`update approvals.application set ${sql.raw(text)} where id = ${applicationId}`.execute(db),
    )

  test('the applicant neither propose, decide, nor change what was handed in', async () => {
    const { applicationId } = await apply()
    const tries = [
      "state = 'proposed', proposal = 'approve', proposed_by = 'y'",
      "state = 'approved', decided_by = 'z', decided_on = tenancy.today(), paper_no = 'x', paper_year = 2026, paper_serial = 99",
      "typed = '{}'",
      'due_on = due_on + 1',
      `to_tenant_id = ${id('51')}`,
      `to_tenant_id = ${id('513221')}`,
      'object_id = object_id + 1',
      "state = 'lapsed'",
      // Together with a move that is allowed.
      "state = 'withdrawn', typed = '{}'",
      "state = 'withdrawn', title = 'y'",
      "state = 'withdrawn', reason = 'y'",
    ]
    for (const text of tries) await expect(statement(county.officer, text, applicationId), text).rejects.toThrow()
  })

  test('the superior not change what was typed, not withdraw, and not decide what it proposed under one name', async () => {
    const { applicationId } = await apply()
    const decide = (by: string) =>
      `state = 'approved', decided_by = '${by}', decided_on = tenancy.today(), paper_no = 'x', paper_year = 2026, paper_serial = 999`
    for (const text of [
      "typed = '{}'",
      "state = 'withdrawn'",
      "title = 'y'",
      decide('5132-leader'),
      "state = 'lapsed'",
    ])
      await expect(statement(city.leader, text, applicationId), text).rejects.toThrow()
    const proposal = "state = 'proposed', proposal = 'approve', proposed_by = '5132-officer'"
    for (const more of ["typed = '{}'", 'due_on = due_on + 1', "reason = 'y'"])
      await expect(statement(city.leader, `${proposal}, ${more}`, applicationId), more).rejects.toMatchObject({
        code: '42501',
      })
    await propose(applicationId)
    for (const text of [
      decide('5132-officer'),
      decide('513221-officer'),
      "opinion = 'y'",
      decide('5132-leader').replace('tenancy.today()', "'2026-01-01'"),
    ])
      await expect(statement(city.leader, text, applicationId), text).rejects.toThrow()
    await approve(applicationId)
    for (const state of applicationStates)
      await expect(statement(city.leader, `state = '${state}'`, applicationId), state).rejects.toThrow()
  })

  test('nobody apply to another than the superior of the day, or for another body', async () => {
    const insert = (actor: UserActor, from: string, to: string, state = 'applied') =>
      as(actor, ({ db }) =>
        sql`insert into approvals.application (kind, object_id, from_tenant_id, to_tenant_id, title, typed, state, applied_on, applied_by, due_on, lapses_on)
          values ('x', ${object}, ${id(from)}, ${id(to)}, 'x', '{}', ${state}, '2026-11-21', 'x', '2026-11-21', '2026-11-21')`.execute(
          db,
        ),
      )
    for (const to of ['51', '513222', '00', '513221100'])
      await expect(insert(county.officer, '513221', to), to).rejects.toMatchObject({ code: '42501' })
    await expect(insert(county.officer, '513222', '5132')).rejects.toMatchObject({ code: '42501' })
    await expect(insert(county.officer, '513221', '5132', 'withdrawn')).rejects.toThrow()
    await insert(county.officer, '513221', '5132')
  })

  test('every move that is not foreseen is refused, and every foreseen one has somebody who may', () => {
    for (const [from, moves] of Object.entries(applicationMoves)) expect(moves, from).not.toContain(from)
    expect(applicationStates.filter((state) => applicationMoves[state].length === 0)).toEqual([
      'approved',
      'lapsed',
      'withdrawn',
    ])
  })
})

test('lists and what waits: for the officer, the leader, and the applicant whose application came back', async () => {
  const first = await apply()
  object += 1
  const second = await apply()
  await propose(second.applicationId)
  const waits = async (actor: UserActor, applicationId: number) =>
    (await as(actor, (ctx) => gatherTasks(ctx, approvalTasks)))
      .filter(({ rows }) => rows.some(({ id }) => id === String(applicationId)))
      .map(({ key }) => key.replace('approvals.', ''))
  expect(await waits(city.officer, first.applicationId)).toEqual(['propose'])
  expect(await waits(city.leader, second.applicationId)).toEqual(['decide'])
  expect(await waits(city.officer, second.applicationId)).toEqual([])
  expect(await waits(county.officer, first.applicationId)).toEqual([])
  await sendBack(second.applicationId)
  expect(await waits(county.officer, second.applicationId)).toEqual(['mend'])
  const received = await as(city.officer, (ctx) => readList(ctx, listReceived, receivedView.input.parse({})))
  expect(received.rows[0]).toMatchObject({ body: '汶川县' })
  const sent = await as(county.officer, (ctx) => readList(ctx, listSent, sentView.input.parse({ search: '请示' })))
  expect(sent.rows[0]).toMatchObject({ body: '阿坝州' })
  expect(
    (
      await as(neighbour.officer, (ctx) =>
        readList(ctx, listReceived, receivedView.input.parse({ search: `请示 ${object}` })),
      )
    ).total,
  ).toBe(0)
})
