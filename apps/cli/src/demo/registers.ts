import { countFeeds, readFed, writePeriod, type Form } from '@gonglian/indicators'
import {
  DefineChecklist,
  DefineScheme,
  ListChecklists,
  ListSchemes,
  defineChecklist,
  defineScheme,
  hasUnions,
  listChecklists,
  listSchemes,
  organisationFeeds,
  takeOverMembers,
  takeOverUnions,
  type TakenMember,
  type TakenUnion,
} from '@gonglian/organisation'
import { findIdCheckDigit } from '@gonglian/organisation/numbers'
import { systemActor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import { chance } from './chance.ts'
import { inventFirm, inventPerson } from './names.ts'

/**
 * The registers behind figures that the reports of the past state: what the feeds count from these invented records is what the reports
 * said. The body's own, at the end of the year of the report.
 */
export type Register = {
  readonly code: string
  readonly place: string
  readonly year: number
  readonly unions: number
  /** Unions that meet the standard; unions with a qualified home, of these with a model one. */
  readonly standardised: number
  readonly qualified: number
  readonly model: number
  /** Committees; the others have one woman in charge. */
  readonly womenCommittees: number
  readonly employees: number
  readonly members: number
  /** Where its invented persons begin, in a city that has another register; default 0. */
  readonly personsFrom?: number
  /** What was added in the running year, until last month: so many of the unions, and this part of the members of the others. */
  readonly growth?: { readonly unions: number; readonly members: number }
}

export const registers: readonly Register[] = [
  // 385 unions, 327 up to standard (84.94 %), 238 qualified homes.
  {
    code: '130983',
    place: '黄骅',
    year: 2005,
    unions: 385,
    standardised: 327,
    qualified: 238,
    model: 0,
    womenCommittees: 120,
    employees: 31_600,
    members: 0,
  },
  // 3,261 unions organise their women: 1,662 committees, 1,599 members in charge.
  {
    code: '2311',
    place: '黑河',
    year: 2012,
    unions: 3261,
    standardised: 0,
    qualified: 0,
    model: 0,
    womenCommittees: 1662,
    employees: 163_050,
    members: 0,
  },
  // 1,756 unions, 148,000 members of 159,000 employees.
  {
    code: '420281',
    place: '大冶',
    year: 2014,
    unions: 1756,
    standardised: 0,
    qualified: 0,
    model: 0,
    womenCommittees: 700,
    employees: 159_000,
    members: 148_000,
  },
  // 90 % of the unions are qualified homes, 30 % of these model ones.
  {
    code: '320924',
    place: '射阳',
    year: 2014,
    unions: 600,
    standardised: 0,
    qualified: 540,
    model: 162,
    womenCommittees: 260,
    employees: 42_000,
    members: 0,
  },
]

/** `total` in whole numbers of different size, one for each union, no rest. The same unions are the large ones whatever is spread. */
function spread(total: number, parts: number): number[] {
  const ends: number[] = []
  let sum = 0
  for (let index = 0; index < parts; index++) ends.push((sum += 0.4 + chance(index, 40) ** 2 * 2))
  const shares = ends.map((end) => Math.floor((total * end) / sum + 1e-9))
  return shares.map((share, index) => share - (shares[index - 1] ?? 0))
}

/** A day of the running year before this month; null in January. */
function dayOfThisYear(today: string, number: number): string | null {
  const months = Number(today.slice(5, 7)) - 1
  if (months === 0) return null
  const pad = (part: number) => String(part).padStart(2, '0')
  return `${today.slice(0, 4)}-${pad(1 + (number % months))}-${pad(3 + (number % 25))}`
}

function inventUnions(register: Register, today: string): TakenUnion[] {
  const { code, place, year, unions, standardised, qualified, model, womenCommittees, employees } = register
  const headcounts = spread(employees, unions)
  return Array.from({ length: unions }, (_, index) => {
    const firm = inventFirm(place, index)
    const headcount = headcounts[index] ?? 0
    const isNew = index >= unions - (register.growth?.unions ?? 0)
    const before = `${year - 1 - Math.floor(chance(index, 41) * 8)}-0${1 + Math.floor(chance(index, 42) * 9)}-15`
    const approvedOn = (isNew ? dayOfThisYear(today, index) : null) ?? before
    return {
      code: `${code.padEnd(6, '0')}-${String(index + 1).padStart(5, '0')}`,
      name: `${firm}工会委员会`,
      kind: 'BASIC_SINGLE',
      employer: {
        name: firm,
        headcount,
        femaleCount: Math.max(1, Math.floor(headcount * (0.3 + 0.2 * chance(index, 43)))),
        unitClass: 'enterprise',
        ownership: chance(index, 44) < 0.8 ? 'private' : 'state',
      },
      approvedOn,
      legalPersonOn: chance(index, 45) < 0.7 ? approvedOn : null,
      isVillage: false,
      women: index < womenCommittees ? 'women_committee' : 'women_member',
      isComplete: index < standardised,
      rank: index < model ? 2 : index < qualified ? 1 : null,
    }
  })
}

/** A prime, so that steps of any length come to every day before they come to one again. */
const birthdays = 10_007

/**
 * An id number no real person can have: county 99 of the city is not in use. Odd serial numbers are men's. Whoever has one was born
 * between 1962 and 1989, and was sixteen when the oldest union of the demonstration was founded.
 */
export function inventIdNumber(city: string, number: number, isWoman: boolean): string {
  const born = new Date(Date.UTC(1962, 0, 1) + ((number * 3571) % birthdays) * 86_400_000).toISOString().slice(0, 10)
  const serial = 2 * (1 + (Math.floor(number / birthdays) % 499)) - (isWoman ? 0 : 1)
  const digits = `${city.slice(0, 4)}99${born.replaceAll('-', '')}${String(serial).padStart(3, '0')}`
  return digits + findIdCheckDigit(digits)
}

function* inventMembers(register: Register, unions: readonly TakenUnion[], today: string): Generator<TakenMember> {
  const counts = spread(register.members, register.unions)
  let number = register.personsFrom ?? 0
  for (const [index, union] of unions.entries()) {
    const count = counts[index] ?? 0
    // Fewer women among the members than among the employees (12.2 rule 1).
    const women = Math.floor(((union.employer?.femaleCount ?? 0) * count) / Math.max(1, union.employer?.headcount ?? 1))
    for (let place = 0; place < count; place++) {
      number++
      const isNew = chance(number, 52) < (register.growth?.members ?? 0)
      const joined = isNew ? dayOfThisYear(today, number) : null
      yield {
        unionCode: union.code,
        name: inventPerson(number),
        idNumber: inventIdNumber(register.code, number, place < women),
        kind: chance(number, 51) < 0.3 ? 'migrant' : 'normal',
        joinedOn: joined === null || joined < union.approvedOn ? union.approvedOn : joined,
      }
    }
  }
}

const checklist = {
  code: 'standard',
  nameZh: '基层工会规范化建设',
  nameEn: 'Standard of a basic union',
  purpose: 'standard',
  kinds: ['BASIC_SINGLE', 'BASIC_JOINT'],
  enforcement: 'warning',
  validFrom: '1990-01-01',
  items: [
    { textZh: '有牌子、有印章', textEn: 'Sign and seal' },
    { textZh: '有场所、有经费', textEn: 'Office and funds' },
    { textZh: '有制度、有台账', textEn: 'Rules and ledgers' },
  ],
} as const
const homes = {
  code: 'home',
  nameZh: '职工之家',
  nameEn: 'Home of workers',
  track: 'home',
  kinds: ['BASIC_SINGLE', 'BASIC_JOINT'],
  validityMonths: 36,
  validFrom: '1990-01-01',
  items: [
    { textZh: '组织健全', textEn: 'Organisation complete', maxScore: 40 },
    { textZh: '维权有力', textEn: 'Rights protected', maxScore: 30 },
    { textZh: '会员满意', textEn: 'Members content', maxScore: 30 },
  ],
  levels: [
    { nameZh: '合格职工之家', nameEn: 'Qualified home', minScore: 60, grantedBy: 'county', countsAs: 'qualified' },
    { nameZh: '模范职工之家', nameEn: 'Model home', minScore: 90, grantedBy: 'county', countsAs: 'model' },
  ],
} as const

/** The standard and the rating of homes: those of a superior, else the body's own. */
async function findStandards(ctx: TenantContext): Promise<{ checklistId: number; schemeId: number }> {
  const lists = await listChecklists(ctx, ListChecklists.parse({}))
  const schemes = await listSchemes(ctx, ListSchemes.parse({}))
  const list = lists.rows.find(({ code }) => code === checklist.code)
  const scheme = schemes.rows.find(({ code }) => code === homes.code)
  const { checklistId } = list ?? (await defineChecklist(ctx, DefineChecklist.parse(checklist)))
  const { schemeId } = scheme ?? (await defineScheme(ctx, DefineScheme.parse(homes)))
  return { checklistId, schemeId }
}

/** Loads the registers, each in one transaction; one that is there is left alone. */
export async function loadRegisters(
  deps: Deps,
  input: { ids: ReadonlyMap<string, number>; registers: readonly Register[]; say: (line: string) => void },
): Promise<void> {
  for (const register of input.registers) {
    const tenantId = input.ids.get(register.code)
    if (tenantId === undefined) throw new Error(`the demonstration has no body ${register.code}`)
    if (await withTenant(deps, systemActor('demonstration', tenantId), hasUnions)) continue
    await withTenant(deps, systemActor('demonstration', tenantId), async (ctx) => {
      const source = `${register.place}${register.year}`
      const { checklistId, schemeId } = await findStandards(ctx)
      const unions = inventUnions(register, ctx.today)
      const ids = await takeOverUnions(ctx, unions, {
        source,
        checklistId,
        schemeId,
      })
      await takeOverMembers(ctx, [...inventMembers(register, unions, ctx.today)], { unions: ids, source })
    })
    input.say(`${register.place}: ${register.unions} unions, ${register.members} members`)
  }
}

/**
 * What the records of a body say for its reports, by position in the form, for months counted from January of the year before.
 *
 * @param months how many; of a large register that has not changed the last one stands for all
 */
export async function readRegister(
  deps: Deps,
  tenantId: number,
  { form, months, isStill }: { form: Form; months: number; isStill: boolean },
): Promise<(number | null)[][]> {
  return withTenant(deps, systemActor('demonstration', tenantId), async (ctx) => {
    const firstYear = Number(ctx.today.slice(0, 4)) - 1
    const read = async (month: number) => {
      const period = writePeriod('month', firstYear + Math.floor(month / 12), (month % 12) + 1)
      await countFeeds(ctx, organisationFeeds, { period })
      return readFed(ctx, { form, period, tenantId })
    }
    const figures: (number | null)[][] = []
    if (isStill) {
      const last = await read(months - 1)
      return Array.from({ length: months }, () => last)
    }
    for (let month = 0; month < months; month++) figures.push(await read(month))
    return figures
  })
}
