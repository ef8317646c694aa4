import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readEnv } from './env.ts'

const DATABASE_URL = 'postgres://app@127.0.0.1/gonglian'
const strong = randomBytes(32).toString('base64url')

describe('readEnv', () => {
  it('needs little outside production', () => {
    expect(readEnv({ DATABASE_URL })).toMatchObject({
      host: '127.0.0.1',
      port: 3000,
      production: false,
      demonstration: false,
      redisUrl: null,
    })
  })
  it('names every wrong setting at once', () => {
    expect(() => readEnv({ PORT: 'x', LOG_LEVEL: 'loud' })).toThrow(/PORT[^]*DATABASE_URL[^]*LOG_LEVEL/)
  })
  it.each(['', 'short', 'a'.repeat(64), 'changeme'.repeat(8), 'change-me'.repeat(8)])(
    'refuses %j in production',
    (secret) => {
      expect(() => readEnv({ DATABASE_URL, NODE_ENV: 'production', GONGLIAN_SECRET: secret })).toThrow(
        /GONGLIAN_SECRET/,
      )
    },
  )
  it('never prints the secret it refuses', () => {
    expect(() => readEnv({ DATABASE_URL, NODE_ENV: 'production', GONGLIAN_SECRET: 'hunter2' })).not.toThrow(/hunter2/)
  })
  it('refuses demonstration accounts in production', () => {
    const source = { DATABASE_URL, NODE_ENV: 'production', GONGLIAN_SECRET: strong }
    expect(readEnv(source).production).toBe(true)
    expect(() => readEnv({ ...source, GONGLIAN_DEMO: '1' })).toThrow(/GONGLIAN_DEMO/)
  })
})
