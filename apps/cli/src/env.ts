import { z } from 'zod'

const Env = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address'),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\//, 'must be a redis:// address')
    .optional(),
  BACKUP_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address')
    .optional(),
  GONGLIAN_SECRET: z.string().min(16, 'must be the secret of the installation'),
  GONGLIAN_AUDIT_KEY: z.string().optional(),
  GONGLIAN_AUDIT_DIR: z.string().optional(),
  NODE_ENV: z.string().default('development'),
})

export type Env = {
  databaseUrl: string
  /** Who takes backups, when the owner may not see every row. */
  backupDatabaseUrl?: string | undefined
  redisUrl: string | undefined
  secret: string
  production: boolean
  /** Where signed heads of audit trails go, and the key that signs them. */
  audit: { keyFile: string; folder: string } | undefined
}

/** Reads the environment once; one error names every wrong setting. */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const parsed = Env.safeParse(source)
  if (!parsed.success) {
    throw new Error(
      `The environment is not usable:\n${parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`).join('\n')}`,
    )
  }
  const env = parsed.data
  return {
    databaseUrl: env.DATABASE_URL,
    backupDatabaseUrl: env.BACKUP_DATABASE_URL || undefined,
    redisUrl: env.REDIS_URL || undefined,
    secret: env.GONGLIAN_SECRET,
    production: env.NODE_ENV === 'production',
    audit:
      env.GONGLIAN_AUDIT_KEY && env.GONGLIAN_AUDIT_DIR
        ? { keyFile: env.GONGLIAN_AUDIT_KEY, folder: env.GONGLIAN_AUDIT_DIR }
        : undefined,
  }
}
