import { z } from 'zod'

/** Set by `npm run bench`. */
export const env = z.object({ DATABASE_URL: z.string(), GONGLIAN_SECRET: z.string() }).parse(process.env)
