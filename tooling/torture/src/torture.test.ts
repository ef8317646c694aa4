import { hasRedisServer } from '@gonglian/jobs/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openInstallation, type Installation } from './installation.ts'
import { failedSeeds } from './seeds.ts'
import { describeResult } from './summary.ts'
import { torture } from './torture.ts'

const seconds = 20
const boundMs = 900_000
const usualSeed = 8

// Without a redis-server there is nothing to kill; npm test says that it is missing.
describe.each(hasRedisServer ? ['an installation of its own'] : [])('%s', () => {
  let installation: Installation
  beforeAll(async () => {
    installation = await openInstallation()
  }, boundMs)
  afterAll(() => installation.close(), boundMs)

  test(
    'loses nothing it acknowledged, whatever is killed',
    async () => {
      const result = await torture(installation, { seed: usualSeed, seconds, say: () => undefined })
      expect(result.faults, describeResult(usualSeed, result)).toEqual([])
    },
    boundMs,
  )
})

describe.each(hasRedisServer ? failedSeeds : [])('seed $seed, which once found: $found', ({ seed }) => {
  test(
    'finds nothing',
    async () => {
      const installation = await openInstallation()
      try {
        const result = await torture(installation, { seed, seconds, say: () => undefined })
        expect(result.faults, describeResult(seed, result)).toEqual([])
      } finally {
        await installation.close()
      }
    },
    boundMs,
  )
})
