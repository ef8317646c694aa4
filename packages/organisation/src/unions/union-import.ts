import type { TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { requireOwnLevel } from '../approvals/levels.ts'
import { appointOfficer, AppointOfficer } from '../cadres/officers.ts'
import { findEmployerOf, RegisterEmployer, registerEmployer } from '../census/employers.ts'
import { listAreas } from '../imports/areas.ts'
import type { DeclaredImport, WrittenItem } from '../imports/declaration.ts'
import { writeEach, type StagedRow } from '../imports/staged-rows.ts'
import { readLimit } from '../limits.ts'
import { recordTerm, RecordTerm } from '../terms/terms.ts'
import { judgeUnion, type UnionPlace } from './union-checks.ts'
import { unionColumns, unionExample, type UnionColumn } from './union-columns.ts'
import { UnionFields } from './union-drafts.ts'
import { enterUnion } from './union-entries.ts'
import { unionLimits } from './union-limits.ts'

const UnionData = z.object({
  name: z.string(),
  kind: UnionFields.shape.kind,
  employer: z.string().nullable(),
  creditCode: z.string().nullable(),
  isEarlyCode: z.boolean(),
  unitClass: UnionFields.shape.unitClass,
  ownership: UnionFields.shape.ownership,
  covered: z.array(z.string()),
  foundedOn: z.iso.date(),
  approvedOn: z.iso.date(),
  approvalNo: z.string(),
  headcount: z.int(),
  femaleHeadcount: z.int(),
  members: z.int(),
  expectedEndOn: z.iso.date().nullable(),
  chair: z.object({ name: z.string(), gender: z.enum(['male', 'female']).nullable() }).nullable(),
  term: z.object({ number: z.int(), startsOn: z.iso.date(), years: z.int() }).nullable(),
  office: z.string(),
  phone: z.string(),
})
type UnionData = z.output<typeof UnionData>

async function readPlace(ctx: TenantContext): Promise<UnionPlace> {
  const unions = await ctx.db
    .selectFrom('organisation.trade_union')
    .select('name_key')
    .where('tenant_id', '=', ctx.tenantId)
    .where('state', 'not in', ['merged', 'revoked'])
    .execute()
  return {
    today: ctx.today,
    names: new Set(unions.map((union) => union.name_key)),
    areas: await listAreas(),
    mustFoundFrom: await readLimit(ctx, unionLimits.mustFoundFrom),
    termYears: (await readLimit(ctx, unionLimits.termYears)).basic,
  }
}

/** The employer of the register, by its code, then by its name; one that is not there is entered. */
async function takeEmployer(
  ctx: TenantContext,
  typed: Pick<
    z.input<typeof RegisterEmployer>,
    'name' | 'creditCode' | 'isEarlyCode' | 'unitClass' | 'ownership' | 'headcount' | 'femaleCount'
  >,
): Promise<{ id: number; items: WrittenItem[] }> {
  const known = await findEmployerOf(ctx, { creditCode: typed.creditCode ?? null, name: typed.name })
  if (known !== null) return { id: known, items: [] }
  const { employerId, version } = await registerEmployer(ctx, RegisterEmployer.parse(typed))
  return { id: employerId, items: [{ kind: 'employer', id: employerId, version }] }
}

async function takeEmployers(ctx: TenantContext, data: UnionData) {
  const { unitClass, ownership } = data
  const own =
    data.employer === null
      ? null
      : await takeEmployer(ctx, {
          name: data.employer,
          creditCode: data.creditCode,
          isEarlyCode: data.isEarlyCode,
          unitClass,
          ownership,
          headcount: data.headcount === 0 ? null : data.headcount,
          femaleCount: data.headcount === 0 ? null : data.femaleHeadcount,
        })
  const covered: { id: number; items: WrittenItem[] }[] = []
  for (const name of data.covered) covered.push(await takeEmployer(ctx, { name, unitClass, ownership }))
  return { own, covered }
}

async function appointChair(
  ctx: TenantContext,
  unionId: number,
  { kind, term, foundedOn }: UnionData,
  chair: NonNullable<UnionData['chair']>,
  person: StagedRow<UnionData>['person'],
): Promise<WrittenItem[]> {
  const { officerId } = await appointOfficer(
    ctx,
    AppointOfficer.parse({
      unionId,
      name: chair.name,
      gender: chair.gender,
      post: kind === 'ORGANISER_ONLY' ? 'organiser' : 'chair',
      engagement: 'part_time',
      appointedBy: kind === 'WORK_COMMITTEE' ? 'dispatched' : 'elected',
      validFrom: term?.startsOn ?? foundedOn,
    }),
  )
  const items: WrittenItem[] = [{ kind: 'officer', id: officerId, version: 1 }]
  if (person.id_sealed === null && person.mobile_sealed === null) return items
  const { id } = await ctx.db
    .insertInto('organisation.officer_person')
    .values({ ...person, tenant_id: ctx.tenantId, officer_id: officerId })
    .returning('id')
    .executeTakeFirstOrThrow()
  return [{ kind: 'officer_person', id, version: null }, ...items]
}

async function writeUnion(ctx: TenantContext, { data, person }: StagedRow<UnionData>): Promise<WrittenItem[]> {
  const { own, covered } = await takeEmployers(ctx, data)
  const { unionId, items } = await enterUnion(ctx, {
    fields: UnionFields.parse({
      name: data.name,
      kind: data.kind,
      employerId: own?.id ?? null,
      unitClass: data.unitClass,
      ownership: data.ownership,
      headcount: data.headcount,
      femaleHeadcount: data.femaleHeadcount,
      expectedEndOn: data.expectedEndOn,
      office: data.office,
      phone: data.phone,
    }),
    approvedOn: data.approvedOn,
    approvalNo: data.approvalNo,
    foundedOn: data.foundedOn,
    coveredIds: covered.map(({ id }) => id),
  })
  const written = [...(own?.items ?? []), ...covered.flatMap((one) => one.items), ...items]
  if (data.term !== null) {
    const { termId, version } = await recordTerm(
      ctx,
      RecordTerm.parse({ ...data.term, unionId, body: 'union_committee' }),
    )
    written.push({ kind: 'term', id: termId, version })
  }
  if (data.chair !== null) written.push(...(await appointChair(ctx, unionId, data, data.chair, person)))
  return written
}

/** Fields of the form's refusals that the file calls otherwise. */
const columnOf: Readonly<Record<string, UnionColumn>> = {
  employerId: 'employer',
  startsOn: 'termStartsOn',
  years: 'termEndsOn',
  post: 'chairName',
}

/**
 * Unions with their chairs and terms, as a county keeps them when it begins here. What was approved long ago is not applied for again, but
 * who sends the file does not have it written: a leader does, as with a founding (ORG-03).
 */
export const unionImport: DeclaredImport = {
  key: 'unions',
  permission: 'organisation:write',
  commitPermission: 'organisation:approve',
  isFourEyes: true,
  columns: unionColumns,
  example: unionExample,
  takesUnion: false,
  takesConsent: false,
  batchRows: 50,
  allow: (ctx) => requireOwnLevel(ctx, { kind: 'founding' }),
  async prepare(ctx) {
    const place = await readPlace(ctx)
    return (row) => judgeUnion(row, place)
  },
  write: (ctx, file, upTo) =>
    writeEach(
      ctx,
      {
        file,
        upTo,
        schema: UnionData,
        toColumn: (field) => unionColumns.find(({ key }) => key === field)?.key ?? columnOf[field] ?? 'name',
      },
      (row) => writeUnion(ctx, row),
    ),
}
