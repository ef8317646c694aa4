import { expect, test } from 'vitest'
import { readEnv } from './env.ts'

const good = { DATABASE_URL: 'postgres://owner@localhost/gonglian', GONGLIAN_SECRET: 'x'.repeat(32) }

test('reads what it needs, the queue in PostgreSQL unless Redis is named', () => {
  expect(readEnv(good)).toEqual({
    databaseUrl: good.DATABASE_URL,
    redisUrl: undefined,
    secret: good.GONGLIAN_SECRET,
    logLevel: 'info',
  })
  expect(readEnv({ ...good, REDIS_URL: 'redis://localhost' }).redisUrl).toBe('redis://localhost')
})

test('one error names every wrong setting and shows no secret', () => {
  const read = () => readEnv({ DATABASE_URL: 'mysql://x', GONGLIAN_SECRET: 'short', LOG_LEVEL: 'loud' })
  expect(read).toThrow(/DATABASE_URL[\s\S]*GONGLIAN_SECRET[\s\S]*LOG_LEVEL/)
  expect(read).not.toThrow(/short/)
})
