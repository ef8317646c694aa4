import { parseArgs } from 'node:util'
import { benchComparison } from './comparison.ts'
import { env } from './env.ts'
import { openBenchHouse } from './house.ts'
import { benchMembers } from './members.ts'

// The register alone, without the country around it; --peer measures another product beside it.
const { values } = parseArgs({
  options: { count: { type: 'string', default: '1000000' }, peer: { type: 'boolean', default: false } },
})
const house = await openBenchHouse(env.DATABASE_URL, env.GONGLIAN_SECRET)
try {
  const results = await benchMembers(house, {
    count: Number(values.count),
    compare: values.peer ? (place) => benchComparison(house, env.GONGLIAN_SECRET, place) : null,
  })
  for (const result of results)
    console.log(`| ${result.what} | ${result.value} | ${result.bar} | ${result.met ? 'met' : 'missed'} |`)
} finally {
  await house.close()
}
