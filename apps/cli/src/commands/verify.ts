import { verifyTotals } from '@gonglian/rollup'
import type { Command } from '../command.ts'
import { withHouse } from '../house.ts'

export const verify: Command = {
  words: 'verify',
  about: 'recomputes every total another way and compares; exit 1 and a list when anything differs',
  run: (env) =>
    withHouse(env, async (deps) => {
      const { periods, waiting, differences } = await verifyTotals(deps)
      for (const difference of differences) console.log(JSON.stringify(difference))
      console.log(`${periods} form periods compared, ${waiting} marks waiting, ${differences.length} differences`)
      return differences.length === 0 ? 0 : 1
    }),
}
