/** Where the tests find Redis; without it they run on PostgreSQL alone, and `npm test` says so. */
export const testRedisUrl: string | undefined = process.env['TEST_REDIS_URL'] || undefined
