import { setTimeout as wait } from 'node:timers/promises'
import type { Chance } from './chance.ts'
import type { Installation } from './installation.ts'
import { add } from './ledger.ts'

/** Each must happen in every run, in an order that the seed says; the others follow. */
export const required = [
  'web killed',
  'worker killed',
  'PostgreSQL killed',
  'Redis killed',
  'Redis emptied',
  'Redis paused',
] as const
const others = ['a session of PostgreSQL killed', 'PostgreSQL paused', 'worker paused', 'web paused'] as const
type Disturbance = (typeof required)[number] | (typeof others)[number]

const recoverMs = 90_000

export type Disturbed = {
  readonly counts: ReadonlyMap<string, number>
  /** When something was away, so that broken answers are no surprise. */
  readonly spans: readonly { readonly from: number; to: number }[]
  readonly faults: readonly string[]
}

/** Kills, freezes and empties one part after the other until it is told to stop; at times two at once. All is well again at its end. */
export async function disturb(
  installation: Installation,
  chance: Chance,
  isOver: () => boolean,
  onHit: (what: readonly string[]) => void,
  say: (line: string) => void,
): Promise<Disturbed> {
  const counts = new Map<string, number>()
  const spans: { from: number; to: number }[] = []
  const faults: string[] = []
  let deck: Disturbance[] = [...chance.shuffle(required), ...chance.shuffle(others)]
  while (!isOver()) {
    await wait(500 + chance.below(2500))
    if (deck.length === 0) deck = chance.shuffle([...required, ...others])
    const taken = deck.splice(0, chance.happens(0.25) ? 2 : 1)
    const lengths = taken.map(() => 300 + chance.below(2500))
    const span = { from: Date.now(), to: Number.POSITIVE_INFINITY }
    spans.push(span)
    onHit(taken)
    await Promise.all(taken.map((one, index) => begin(installation, one, lengths[index] ?? 0)))
    for (const one of taken) add(counts, one)
    const released = Date.now()
    if (!(await installation.waitUntilReady(recoverMs))) {
      faults.push(`${taken.join(' and ')}: not ready again after ${recoverMs / 1000} s`)
      return { counts, spans, faults }
    }
    span.to = Date.now()
    const [held, back] = [released - span.from, span.to - released].map((ms) => (ms / 1000).toFixed(1))
    say(`${taken.join(' and ')}: away for ${held} s, all ready ${back} s later`)
  }
  return { counts, spans, faults }
}

/** Ends when the part is no longer held down; it need not have recovered. */
async function begin(
  { web, worker, postgres, redis }: Installation,
  what: Disturbance,
  lengthMs: number,
): Promise<void> {
  const hold = async (part: { pause(): unknown; resume(): unknown }) => {
    await part.pause()
    await wait(lengthMs)
    await part.resume()
  }
  switch (what) {
    case 'web killed':
      return web.kill()
    case 'worker killed':
      return worker.kill()
    case 'PostgreSQL killed':
      await postgres.kill()
      await wait(lengthMs)
      return postgres.start()
    case 'a session of PostgreSQL killed':
      postgres.killSession()
      return wait(200)
    case 'Redis killed':
      await redis.stop()
      await wait(lengthMs)
      return redis.start()
    case 'Redis emptied':
      return redis.flush()
    case 'Redis paused':
      return hold(redis)
    case 'PostgreSQL paused':
      return hold(postgres)
    case 'worker paused':
      return hold(worker)
    case 'web paused':
      return hold(web)
  }
}
