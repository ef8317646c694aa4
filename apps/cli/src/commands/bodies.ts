import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { hasBegun, RollupWake } from '@gonglian/rollup'
import { importBodies, readDivisions, systemActor, withTenant, type BodyRow } from '@gonglian/tenancy'
import { describeFault, readBodyFile, toRows } from '../body-files.ts'
import { SpreadsheetRefusal, type Reason } from '@gonglian/spreadsheets'
import type { Command } from '../command.ts'
import { withHouse } from '../house.ts'

export const bodiesImport: Command = {
  words: 'bodies import',
  about:
    'bodies import FILE | --country | --province 51 [--dry-run]: bodies from Excel or CSV (代码 名称 层级 类型 上级, 成立日期 and 产业上级 if any) or the built-in divisions; all or nothing',
  run: async (env, options) => {
    const { values, positionals } = parseArgs({
      args: [...options],
      allowPositionals: true,
      options: { country: { type: 'boolean' }, province: { type: 'string' }, 'dry-run': { type: 'boolean' } },
    })
    const [file] = positionals
    const sources = [file, values.country, values.province].filter((source) => source !== undefined)
    if (sources.length !== 1 || positionals.length > 1) {
      console.error(`usage: ${bodiesImport.about}`)
      return 2
    }
    const rows = file === undefined ? await readBuiltIn(values.province ?? null) : await readList(file)
    if (rows === null) return 1
    const isDryRun = values['dry-run'] === true
    const { faults, added, equal } = await withHouse(env, async (deps) => {
      const begun = await hasBegun(deps)
      return withTenant(deps, systemActor('operator', 0), async (ctx) => {
        const outcome = await importBodies(ctx, { rows, isDryRun, hasBegun: begun })
        ctx.enqueue(RollupWake, {}, { key: RollupWake.name })
        return outcome
      })
    })
    if (faults.length > 0) {
      for (const fault of faults) console.log(describeFault(fault))
      console.log(`${faults.length} faults in ${rows.length} rows: nothing was written`)
      return 1
    }
    console.log(`${added} ${isDryRun ? 'would be added' : 'added'}, ${equal} there already and equal`)
    return 0
  },
}

const refusals: Readonly<Record<Reason, string>> = {
  notReadable: 'is no workbook and no CSV file',
  locked: 'has a password',
  noSheet: 'has no sheet',
  tooLarge: 'is too large',
  tooSlow: 'took too long to read',
  badSign: 'has a broken character',
}

async function readBuiltIn(province: string | null): Promise<BodyRow[] | null> {
  const bodies = await readDivisions(province)
  if (bodies.length === 0) console.error(`no province has the code ${province}`)
  return bodies.length === 0 ? null : toRows(bodies)
}

async function readList(path: string): Promise<BodyRow[] | null> {
  try {
    const read = await readBodyFile(await readFile(path))
    if ('rows' in read && read.rows.length > 0) return read.rows
    console.error(
      'rows' in read
        ? `${path} has no rows below its head`
        : `${path}: none of the first twenty rows has the heads ${read.missing.join(' ')}`,
    )
  } catch (error) {
    if (error instanceof SpreadsheetRefusal) console.error(`${path} ${refusals[error.reason]}`)
    else console.error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  return null
}
