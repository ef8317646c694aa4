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
  LOG_LEVEL: z.enum(['error', 'warn', 'info', 'debug']).default('info'),
})

export type Env = {
  databaseUrl: string
  redisUrl: string | undefined
  secret: string
  /** Where signed heads of audit trails go, and the key that signs them. */
  audit: { keyFile: string; folder: string } | undefined
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
    logLevel: data.LOG_LEVEL,
    files: data,
  }
}
