import { env } from './env.ts'
import { openBenchHouse } from './house.ts'
import { benchMembers } from './members.ts'

// The register alone, without the country around it.
const house = await openBenchHouse(env.DATABASE_URL, env.GONGLIAN_SECRET)
try {
  for (const result of await benchMembers(house, Number(process.argv[2] ?? 1_000_000)))
    console.log(`| ${result.what} | ${result.value} | ${result.bar} | ${result.met ? 'met' : 'missed'} |`)
} finally {
  await house.close()
}
