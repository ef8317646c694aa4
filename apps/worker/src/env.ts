import { FileEnv } from '@gonglian/files'
import { z } from 'zod'

const Env = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address'),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must be a redis:// address')
    .optional(),
  GONGLIAN_SECRET: z.string().min(16, 'must be the secret of the installation'),
  GONGLIAN_AUDIT_KEY: z.string().optional(),
  GONGLIAN_AUDIT_DIR: z.string().optional(),
  /** From when on the daily message is made, in Shanghai. */
  GONGLIAN_DIGEST_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:00')
    .default('08:00'),
  GONGLIAN_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must be an smtp:// or smtps:// address')
    .optional(),
  GONGLIAN_MAIL_FROM: z.email('must be an address').optional(),
  GONGLIAN_ADDRESS: z
    .url({ protocol: /^https?$/, error: 'must be the address under which people open the product' })
    .optional(),
  GONGLIAN_WEBHOOK_HOSTS: z.string().default(''),
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
})

export type Env = {
  databaseUrl: string
  redisUrl: string | undefined
  secret: string
  /** Where signed heads of audit trails go, and the key that signs them. */
  audit: { keyFile: string; folder: string } | undefined
  /** When the daily message is made, and how it leaves. */
  digests: {
    from: string
    mail: { url: string; from: string } | undefined
    /** Linked in messages. */
    address: string | null
    /** Private hosts that robots of group chats may have, over plain HTTP too. */
    allowed: string[]
  }
  logLevel: 'error' | 'warn' | 'info' | 'debug'
  /** Where files are checked and kept. */
  files: FileEnv
}

/** Reads the environment once; one error names every wrong setting. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const parsed = Env.and(FileEnv).safeParse(source)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The environment is not usable:\n${lines.join('\n')}`)
  }
  const { data } = parsed
  return {
    databaseUrl: data.DATABASE_URL,
    redisUrl: data.REDIS_URL,
    secret: data.GONGLIAN_SECRET,
    audit:
      data.GONGLIAN_AUDIT_KEY && data.GONGLIAN_AUDIT_DIR
        ? { keyFile: data.GONGLIAN_AUDIT_KEY, folder: data.GONGLIAN_AUDIT_DIR }
        : undefined,
    digests: {
      from: data.GONGLIAN_DIGEST_AT,
      mail:
        data.GONGLIAN_SMTP_URL && data.GONGLIAN_MAIL_FROM
          ? { url: data.GONGLIAN_SMTP_URL, from: data.GONGLIAN_MAIL_FROM }
          : undefined,
      address: data.GONGLIAN_ADDRESS ?? null,
      allowed: data.GONGLIAN_WEBHOOK_HOSTS.split(',').flatMap((host) => host.trim() || []),
    },
    logLevel: data.LOG_LEVEL,
    files: FileEnv.parse(source),
  }
}
