import { testRedisUrl } from './env.ts'

/** Where the tests find Redis, if they do. */
export const redisUrl = testRedisUrl
