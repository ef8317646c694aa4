import { addDays } from '@gonglian/indicators'
import {
  ListMembers,
  ListUnions,
  MapImport,
  RequestTransfers,
  StartImport,
  commitImport,
  getImport,
  getImportLayout,
  listMembers,
  listUnions,
  mapImport,
  requestTransfers,
  runImport,
  startImport,
} from '@gonglian/organisation'
import type { Deps } from '@gonglian/tenancy'
import { actingIn } from './acting.ts'
import { inventPerson } from './names.ts'
import { inventIdNumber } from './registers.ts'

type Import = { readonly code: string; readonly personsFrom: number; readonly count: number }

/** New members of two unions, from a file that was sent, checked and written as people do it. */
export async function importMembers(
  deps: Deps,
  ids: ReadonlyMap<string, number>,
  { code, personsFrom, count }: Import,
): Promise<void> {
  const as = actingIn(deps, ids)
  const { rows: unions } = await as(code, 'officer', 0, (ctx) =>
    listUnions(ctx, ListUnions.parse({ kinds: ['BASIC_SINGLE'], states: ['active'], sort: 'headcount', pageSize: 2 })),
  )
  if (unions.length === 0) return
  const head = '姓名,身份证号,工会编号,入会日期,告知同意日期'
  const imported = await as(code, 'officer', 0, (ctx) => {
    const joined = addDays(ctx.today, -1)
    const lines = Array.from({ length: count }, (_, place) => {
      const number = personsFrom + place
      const idNumber = inventIdNumber(code, number, place % 3 === 0)
      return [inventPerson(number), idNumber, unions[place % unions.length]?.code ?? '', joined, joined].join(',')
    })
    return startImport(
      ctx,
      StartImport.parse({
        fileName: `${ctx.today.slice(0, 4)}年新入会会员名册.csv`,
        content: Buffer.from(`\uFEFF${[head, ...lines].join('\r\n')}\r\n`).toString('base64'),
        consentVersion: '2026-1',
      }),
    )
  })
  const importId = imported.id
  const run = () => runImport(deps, { importId, tenantId: ids.get(code) ?? 0 })
  await run()
  await as(code, 'officer', 0, async (ctx) => {
    const layout = await getImportLayout(ctx, { importId })
    const columns = (layout?.columns ?? []).flatMap(({ place, key }) => (key === null ? [] : [{ place, key }]))
    const { version } = await getImport(ctx, { importId })
    return mapImport(ctx, MapImport.parse({ importId, version, columns }))
  })
  await run()
  await as(code, 'officer', 0, async (ctx) => {
    const { version } = await getImport(ctx, { importId })
    return commitImport(ctx, { importId, version, skipBad: false })
  })
  await run()
}

/** A member of one body asks to be taken over by a union of another, which has not answered yet. */
export async function askOver(
  deps: Deps,
  ids: ReadonlyMap<string, number>,
  move: { readonly from: string; readonly to: string; readonly reason: string },
): Promise<void> {
  const as = actingIn(deps, ids)
  const { rows: unions } = await as(move.to, 'officer', 0, (ctx) =>
    listUnions(ctx, ListUnions.parse({ kinds: ['BASIC_SINGLE'], states: ['active'], pageSize: 1 })),
  )
  const toUnion = unions[0]?.code
  if (toUnion === undefined || toUnion === null) return
  await as(move.from, 'officer', 4, async (ctx) => {
    // Somebody who has been a member for long, and not the first: that one moves to another province.
    const joinedTo = addDays(ctx.today, -365)
    const { rows } = await listMembers(ctx, ListMembers.parse({ states: ['active'], joinedTo, page: 2, pageSize: 1 }))
    const memberIds = rows.map(({ id }) => id)
    await requestTransfers(ctx, RequestTransfers.parse({ memberIds, toUnion, reason: move.reason }))
  })
}
