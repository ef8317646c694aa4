import { repairTotals, verifyTotals, type Difference, type Verdict } from '@gonglian/rollup'
import type { Command } from '../command.ts'
import { withHouse } from '../house.ts'

const show = (differences: readonly Difference[]) => {
  for (const difference of differences) console.log(JSON.stringify(difference))
}
const conclude = ({ periods, waiting, differences }: Verdict): number => {
  console.log(`${periods} form periods compared, ${waiting} marks waiting, ${differences.length} differences`)
  return differences.length === 0 ? 0 : 1
}

export const verify: Command = {
  words: 'verify',
  about:
    'recomputes every total another way and compares; exit 1 and a list when anything differs. --repair: computes what differs anew, and compares again',
  run: (env, options) =>
    withHouse(env, async (deps) => {
      if (!options.includes('--repair')) {
        const verdict = await verifyTotals(deps)
        show(verdict.differences)
        return conclude(verdict)
      }
      const { found, verdict } = await repairTotals(deps)
      show(found)
      if (found.length > 0) console.log(`${found.length} differences found and computed anew`)
      return conclude(verdict)
    }),
}
