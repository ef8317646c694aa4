import type { TableRow } from '@gonglian/spreadsheets'
import type { TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { listAreas } from '../imports/areas.ts'
import {
  complain,
  isRefused,
  readRow,
  type DeclaredImport,
  type ImportFile,
  type JudgedRow,
  type RowOutcome,
} from '../imports/declaration.ts'
import { ageOn, checkIdNumber } from '../numbers/id-numbers.ts'
import { foldName, normalizeName } from '../numbers/names.ts'
import { checkPhone } from '../numbers/phones.ts'
import { askTaken } from './lookups.ts'
import { memberColumns, memberExample } from './member-columns.ts'
import { memberAge } from './persons.ts'

/** The day the national federation was founded: nobody joined before. */
const firstDay = '1925-05-01'

type CheckPlace = {
  readonly today: string
  /** County codes in force. */
  readonly areas: ReadonlySet<string>
  /** Own unions that take members, by number and by folded name. */
  readonly byCode: ReadonlyMap<string, number>
  readonly byName: ReadonlyMap<string, number>
  readonly defaultUnionId: number | null
}

async function readPlace(ctx: TenantContext, { defaultUnionId }: ImportFile): Promise<CheckPlace> {
  const unions = await ctx.db
    .selectFrom('organisation.trade_union')
    .select(['id', 'code', 'name_key'])
    .where('tenant_id', '=', ctx.tenantId)
    .where('state', 'in', ['approved', 'active', 'restructuring'])
    .execute()
  return {
    today: ctx.today,
    areas: await listAreas(),
    byCode: new Map(unions.flatMap((union) => (union.code === null ? [] : [[union.code, union.id] as const]))),
    byName: new Map(unions.map((union) => [union.name_key, union.id])),
    defaultUnionId,
  }
}

/** The union that a row names by its number or its name, or what is wrong with that. */
function findUnionOf(
  code: string,
  name: string,
  at: CheckPlace,
): { id: number } | { column: 'unionCode' | 'unionName'; rule: string } {
  const byCode = code === '' ? null : (at.byCode.get(code.toUpperCase()) ?? 0)
  const byName = name === '' ? null : (at.byName.get(foldName(name)) ?? 0)
  if (byCode === 0) return { column: 'unionCode', rule: 'noUnion' }
  // A number says which union; a name beside it that nobody knows may be an older one.
  if (byCode === null && byName === 0) return { column: 'unionName', rule: 'noUnionName' }
  if (byCode !== null && byName !== null && byName !== 0 && byCode !== byName)
    return { column: 'unionName', rule: 'unionDiffers' }
  const id = byCode ?? byName ?? at.defaultUnionId
  return id === null ? { column: 'unionCode', rule: 'unionNeeded' } : { id }
}

/**
 * Everything that a row can be asked by itself: what its columns say, id number, days in their order, phone, words, lengths, its union
 * (handbook 5.5, 13). Whether the person is a member already is asked only when it is written.
 */
function judgeRow(row: TableRow<string>, at: CheckPlace): JudgedRow {
  const { cell, problems, complain: refuse, refer, note } = readRow(row, memberColumns)
  const id =
    cell('idNumber') === ''
      ? null
      : checkIdNumber(cell('idNumber'), { today: at.today, minimumAge: memberAge, areas: at.areas })
  if (id) note('idNumber', id.ok ? id.warnings : id.errors, id.ok ? 'warning' : 'error')
  const joinedOn = cell('joinedOn')
  if (joinedOn !== '') {
    const tooYoung = id?.ok === true && ageOn(id.id.birth, joinedOn) < memberAge
    if (joinedOn > at.today || joinedOn < firstDay || tooYoung) refuse('joinedOn', 'dayOrder')
  }
  if (cell('consentOn') > at.today) refuse('consentOn', 'consentDay')
  const mobile = cell('mobile') === '' ? null : checkPhone(cell('mobile'))
  if (cell('mobile') !== '' && mobile === null) refer('mobile', 'organisation.phone.signs')
  const union = findUnionOf(cell('unionCode'), cell('unionName'), at)
  if (!('id' in union)) refuse(union.column, union.rule)
  if (isRefused(problems) || id?.ok !== true || !('id' in union)) return { row: null, problems }
  return {
    problems,
    row: {
      idNumber: id.id,
      mobile,
      once: [{ column: 'idNumber', value: id.id.value, rule: 'twice' }],
      data: {
        unionId: union.id,
        name: normalizeName(cell('name')),
        sex: id.id.sex,
        birth: id.id.birth,
        kind: cell('kind') || 'normal',
        employment: cell('employment') || 'contract',
        hukou: cell('hukou') || null,
        hukouArea: cell('hukouArea'),
        education: cell('education'),
        job: cell('job'),
        group: cell('group'),
        joinedOn,
        consentOn: cell('consentOn'),
      },
    },
  }
}

type Written = { line: number | null; id_print: Buffer; member_id: number | null; union_works: boolean }

/**
 * One batch in one statement. A union may have ended since the check, or moved to another body; a person may be a member already, here or
 * elsewhere: the unique index decides. Such rows are skipped and listed, and the bodies that keep those memberships read that they were
 * asked about.
 */
async function writeMembers(ctx: TenantContext, file: ImportFile, upTo: number): Promise<RowOutcome[]> {
  const { rows } = await sql<Written>`
    with batch as (
      select r.line, r.tenant_id, r.id_sealed, r.id_print, r.mobile_sealed, r.mobile_print, d.*
      from organisation.import_row r cross join lateral jsonb_to_record(r.data) as d ("unionId" bigint, name text, sex text, birth date,
        kind text, employment text, hukou text, "hukouArea" text, education text, job text, "group" text, "joinedOn" date, "consentOn" date)
      where r.import_id = ${file.id} and r.line <= ${upTo}),
    working as (
      select u.id from organisation.trade_union u
      where u.id in (select "unionId" from batch) and u.tenant_id = ${ctx.tenantId}
        and u.state in ('approved', 'active', 'restructuring')),
    -- The staging table is mostly empty, so the planner expects one row of each and compares all with all wherever it joins. A subquery
    -- among the columns is hashed whatever it expects; members and lines are put together below.
    judged as materialized (select batch.*, "unionId" in (select id from working) as works from batch),
    written as (
      insert into organisation.member (tenant_id, union_id, state, name, id_sealed, id_print, mobile_sealed, mobile_print, sex, birth, kind,
        employment, hukou, hukou_area, education, job, group_name, channel, applied_on, joined_on, consent_version, consent_on, consent_channel)
      select b.tenant_id, b."unionId", 'active', b.name, b.id_sealed, b.id_print, b.mobile_sealed, b.mobile_print, b.sex, b.birth, b.kind,
        b.employment, b.hukou, b."hukouArea", b.education, b.job, b."group", 'batch', b."joinedOn", b."joinedOn", ${file.consentVersion},
        b."consentOn", 'paper'
      from judged b where b.works
      -- In one order, so that two imports with the same persons wait for each other and do not lock each other out.
      order by b.id_print
      on conflict (id_print) where state in ('active', 'retained') do nothing
      returning id, id_print)
    select line, id_print, null::bigint as member_id, works as union_works from judged
    union all select null, id_print, id, true from written`.execute(ctx.db)
  const memberOf = new Map(
    rows.flatMap((row) => (row.member_id === null ? [] : [[row.id_print.toString('latin1'), row.member_id] as const])),
  )
  const outcomes = rows
    .flatMap(({ line, id_print: print, union_works: works }) =>
      line === null ? [] : [{ line, print, works, id: memberOf.get(print.toString('latin1')) ?? null }],
    )
    .toSorted((a, b) => a.line - b.line)
  const taken = outcomes.filter(({ id, works }) => id === null && works).map(({ print }) => print)
  if (taken.length > 0) await askTaken(ctx, taken)
  return outcomes.map(({ line, id, works }) => ({
    line,
    items: id === null ? [] : [{ kind: 'member', id, version: 1 }],
    problem: id === null ? (works ? complain('idNumber', 'taken') : complain('unionCode', 'noUnion')) : null,
  }))
}

/** Members, enrolled in a batch (M223). */
export const memberImport: DeclaredImport = {
  key: 'members',
  permission: 'member:write',
  commitPermission: 'member:write',
  isFourEyes: false,
  columns: memberColumns,
  example: memberExample,
  takesUnion: true,
  takesConsent: true,
  batchRows: 5000,
  async prepare(ctx, file) {
    const place = await readPlace(ctx, file)
    return (row) => judgeRow(row, place)
  },
  write: writeMembers,
}
