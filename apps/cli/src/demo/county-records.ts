import { openFileKeeper, storeFile, FileEnv } from '@gonglian/files'
import { performCommand } from '@gonglian/records'
import {
  CheckItems,
  GetLedger,
  ListUnions,
  checkItems,
  getLedger,
  listUnions,
  nameDemoPoint,
  organisation,
} from '@gonglian/organisation'
import type { Deps } from '@gonglian/tenancy'
import { actingIn, personOf } from './acting.ts'
import { drawSign } from './pictures.ts'

/** What unions show for the items of their check-lists, in files of the body's own, and the union that others come to see. */
export async function showUnions(
  deps: Deps,
  ids: ReadonlyMap<string, number>,
  { code, place }: { readonly code: string; readonly place: string },
): Promise<void> {
  const as = actingIn(deps, ids)
  const { rows: unions } = await as(code, 'officer', 0, (ctx) =>
    listUnions(ctx, ListUnions.parse({ kinds: ['BASIC_SINGLE'], states: ['active'], pageSize: 3 })),
  )
  const [first, second] = unions
  if (first === undefined || second === undefined) return
  // The demonstration needs neither a scanner nor a store of its own.
  const keeper = openFileKeeper(FileEnv.parse({}), organisation.fileKinds ?? [])
  const keep = async (fileName: string, bytes: Buffer) => {
    const content = (async function* () {
      yield await Promise.resolve(bytes)
    })()
    const officer = personOf(ids, code, 'officer')
    return (await storeFile(deps, keeper, officer, { kind: 'evidence', fileName, content })).fileId
  }
  const files = [
    await keep(`${place}基层工会标牌.png`, drawSign(168, 32, 26)),
    await keep(`${place}职工活动室.png`, drawSign(38, 92, 150)),
    await keep(`${place}职工书屋.png`, drawSign(48, 110, 62)),
  ]
  for (const [place, { id: unionId }] of [first, second].entries())
    await as(code, 'officer', 5 + place, async (ctx) => {
      const { lists } = await getLedger(ctx, GetLedger.parse({ unionId }))
      const items = lists.flatMap((list) => list.items).filter(({ isDerived }) => !isDerived)
      await checkItems(
        ctx,
        CheckItems.parse({
          unionId,
          items: items.slice(0, 3 - place).map(({ itemId, version, met }, index) => ({
            itemId,
            version,
            // What the union has stays so: its files come to it.
            met: met ?? true,
            evidenceId: files[index] ?? null,
            note: '现场查看，情况属实',
          })),
        }),
      )
    })
  await as(code, 'leader', 20, (ctx) =>
    performCommand(ctx, nameDemoPoint, {
      unionId: first.id,
      topic: 'home',
      reason: '职工之家建设规范，供本辖区基层工会观摩学习',
    }),
  )
}
