import { startPostgres, startThrowawayPostgres } from './index.ts'

// A process that uses a server until it is told to leave (a line on standard input) or is killed; for the tests.
// node holder.ts FOLDER, or node holder.ts for a throwaway server.
const folder = process.argv[2]
const running =
  folder === undefined ? await startThrowawayPostgres() : await startPostgres({ dataDir: folder, durable: false })
console.log(JSON.stringify({ url: running.url, port: running.port, adopted: running.adopted }))
process.stdin.once('data', () => {
  void running.stop().then(() => process.exit(0))
})
