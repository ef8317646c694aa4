import { FileEnv } from '@gonglian/files'
import { z } from 'zod'

/** Secrets that stand in examples, tutorials or our own demonstration: anybody can look them up. */
const knownSecrets = [
  'secret',
  'changeme',
  'change-me',
  'password',
  'development',
  'gonglian',
  'default',
  'example',
  'test',
]

function isWeakSecret(secret: string): boolean {
  const lower = secret.toLowerCase()
  if (secret.length < 32) return true
  if (new Set(secret).size < 10) return true
  return knownSecrets.some(
    (known) => lower === known.repeat(Math.ceil(lower.length / known.length)).slice(0, lower.length),
  )
}

const flag = z.enum(['0', '1', 'true', 'false', '']).transform((text) => text === '1' || text === 'true')

const Env = z
  .object({
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    /** The proxy stands on the same machine; another address is a decision of who installs. */
    HOST: z.string().min(1).default('127.0.0.1'),
    PORT: z.coerce.number().int().min(0).max(65535).default(3000),
    DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address'),
    REDIS_URL: z
      .string()
      .regex(/^rediss?:\/\//, 'must be a redis:// address')
      .optional(),
    GONGLIAN_SECRET: z.string().default(''),
    GONGLIAN_DEMO: flag.default(false),
    /** Private hosts that robots of group chats may have, separated by commas; the worker has the same. */
    GONGLIAN_WEBHOOK_HOSTS: z.string().default(''),
    REQUESTS_PER_MINUTE: z.coerce.number().int().min(10).default(300),
    LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
  })
  .superRefine((env, refine) => {
    if (env.NODE_ENV !== 'production') return
    if (isWeakSecret(env.GONGLIAN_SECRET)) {
      refine.addIssue({
        code: 'custom',
        path: ['GONGLIAN_SECRET'],
        message: 'must be at least 32 random characters in production, and none of the known examples',
      })
    }
    if (env.GONGLIAN_DEMO) {
      refine.addIssue({
        code: 'custom',
        path: ['GONGLIAN_DEMO'],
        message: 'demonstration accounts are refused in production',
      })
    }
  })

export type Env = {
  readonly production: boolean
  readonly host: string
  readonly port: number
  /** Calls and written forms of one session. */
  readonly requestsPerMinute: number
  readonly databaseUrl: string
  readonly redisUrl: string | null
  /** Signs what leaves the server and comes back. Empty outside production only. */
  readonly secret: string
  readonly demonstration: boolean
  readonly webhookHosts: readonly string[]
  readonly logLevel: 'error' | 'warn' | 'info' | 'debug'
  /** Where files are checked and kept. */
  readonly files: FileEnv
}

/** Reads the environment once. Throws one error that names every wrong setting, so that one look mends them all. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const parsed = Env.and(FileEnv).safeParse(source)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The environment is not usable:\n${lines.join('\n')}`)
  }
  const env = parsed.data
  return {
    production: env.NODE_ENV === 'production',
    host: env.HOST,
    port: env.PORT,
    requestsPerMinute: env.REQUESTS_PER_MINUTE,
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL ?? null,
    secret: env.GONGLIAN_SECRET,
    demonstration: env.GONGLIAN_DEMO,
    webhookHosts: env.GONGLIAN_WEBHOOK_HOSTS.split(',').flatMap((host) => host.trim() || []),
    logLevel: env.LOG_LEVEL,
    files: FileEnv.parse(source),
  }
}
