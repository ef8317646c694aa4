import { z } from 'zod'
import { collectKinds, type FileKind } from './kinds.ts'
import { openS3, type ObjectStore } from './objects.ts'
import { openClamd, type Scanner } from './scanner.ts'

/** What a process holds for its whole life to store and open files. */
export type FileKeeper = {
  readonly kinds: ReadonlyMap<string, FileKind>
  /** Null: none is configured, and files are opened unchecked. */
  readonly scanner: Scanner | null
  /** Null: new files stand in the database. */
  readonly objects: ObjectStore | null
}

/** What the operator says: where the scanner and the object store are. Both are left out by default. */
export const FileEnv = z
  .object({
    /** clamd, `host:port`. */
    GONGLIAN_CLAMD: z
      .string()
      .regex(/^[^\s:]+:\d{1,5}$/, 'must be host:port')
      .optional(),
    /** The S3-compatible store with its bucket, `https://objects.example.cn/gonglian`. */
    GONGLIAN_S3_URL: z.url({ protocol: /^https?$/ }).optional(),
    GONGLIAN_S3_ACCESS_KEY: z.string().min(1).optional(),
    GONGLIAN_S3_SECRET_KEY: z.string().min(1).optional(),
    GONGLIAN_S3_REGION: z.string().min(1).default('us-east-1'),
  })
  .superRefine((env, refine) => {
    if (env.GONGLIAN_S3_URL === undefined) return
    for (const name of ['GONGLIAN_S3_ACCESS_KEY', 'GONGLIAN_S3_SECRET_KEY'] as const)
      if (env[name] === undefined)
        refine.addIssue({ code: 'custom', path: [name], message: 'is needed with GONGLIAN_S3_URL' })
  })
export type FileEnv = z.output<typeof FileEnv>

/** Opens scanner and object store as the operator says. Neither is asked before it is needed. */
export function openFileKeeper(env: FileEnv, kinds: readonly FileKind[]): FileKeeper {
  const [host = '', port = ''] = (env.GONGLIAN_CLAMD ?? '').split(':')
  const { GONGLIAN_S3_URL: url, GONGLIAN_S3_ACCESS_KEY: accessKey, GONGLIAN_S3_SECRET_KEY: secretKey } = env
  return {
    kinds: collectKinds(kinds),
    scanner: env.GONGLIAN_CLAMD === undefined ? null : openClamd({ host, port: Number(port) }),
    objects:
      url === undefined || accessKey === undefined || secretKey === undefined
        ? null
        : openS3({ url, accessKey, secretKey, region: env.GONGLIAN_S3_REGION }),
  }
}
