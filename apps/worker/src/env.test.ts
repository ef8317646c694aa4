import { expect, test } from 'vitest'
import { readEnv } from './env.ts'

const good = { DATABASE_URL: 'postgres://owner@localhost/gonglian', GONGLIAN_SECRET: 'x'.repeat(32) }

test('reads what it needs, the queue in PostgreSQL unless Redis is named', () => {
  expect(readEnv(good)).toEqual({
    databaseUrl: good.DATABASE_URL,
    redisUrl: undefined,
    secret: good.GONGLIAN_SECRET,
    logLevel: 'info',
    digests: { from: '08:00', mail: undefined, address: null, allowed: [] },
    // Its own settings alone: neither the address of the database nor the secret goes along.
    files: { GONGLIAN_S3_REGION: 'us-east-1' },
  })
  expect(readEnv({ ...good, REDIS_URL: 'redis://localhost' }).redisUrl).toBe('redis://localhost')
})

test('mail needs a server and a sender; hosts stand in one line', () => {
  const { digests } = readEnv({
    ...good,
    GONGLIAN_DIGEST_AT: '07:30',
    GONGLIAN_SMTP_URL: 'smtps://user:word@mail.example.org',
    GONGLIAN_MAIL_FROM: 'gonglian@example.org',
    GONGLIAN_ADDRESS: 'https://gonglian.example.org',
    GONGLIAN_WEBHOOK_HOSTS: 'hooks.internal, 10.0.0.5:8080',
  })
  expect(digests).toEqual({
    from: '07:30',
    mail: { url: 'smtps://user:word@mail.example.org', from: 'gonglian@example.org' },
    address: 'https://gonglian.example.org',
    allowed: ['hooks.internal', '10.0.0.5:8080'],
  })
  expect(readEnv({ ...good, GONGLIAN_SMTP_URL: 'smtp://mail.example.org' }).digests.mail).toBeUndefined()
  for (const wrong of [{ GONGLIAN_DIGEST_AT: '25:00' }, { GONGLIAN_SMTP_URL: 'https://x' }, { GONGLIAN_ADDRESS: 'x' }])
    expect(() => readEnv({ ...good, ...wrong })).toThrow(Object.keys(wrong)[0])
})

test('one error names every wrong setting and shows no secret', () => {
  const read = () => readEnv({ DATABASE_URL: 'mysql://x', GONGLIAN_SECRET: 'short', LOG_LEVEL: 'loud' })
  expect(read).toThrow(/DATABASE_URL[\s\S]*GONGLIAN_SECRET[\s\S]*LOG_LEVEL/)
  expect(read).not.toThrow(/short/)
})
