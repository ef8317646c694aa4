import type { Sweep } from '@gonglian/jobs'
import type { Deps } from '@gonglian/tenancy'
import { queueRobots, sendWaiting } from './deliveries.ts'
import { makeDigests, type ListPeople } from './digests.ts'
import { createSend, type Outside } from './sending.ts'
import type { Task } from './task.ts'
export { openMailer } from './mail.ts'
export type { Outside } from './sending.ts'

const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' })

export type DigestSettings = Outside & {
  readonly tasks: readonly Task[]
  readonly listPeople: ListPeople
  /** The bodies with no superior. */
  readonly listRoots: (deps: Deps) => Promise<number[]>
  /** From when on the day's message is made, in Shanghai: "08:00". */
  readonly from: string
}

/**
 * Makes everybody's message once a day and sends what goes outside. Looks by its own timer, without the queue: after a restart, or a morning
 * without a worker, the day's message is made when the worker is back.
 */
export function digestSweep(settings: DigestSettings): Sweep<Deps> {
  return { name: 'tasks.digests', everyMs: 60_000, run: (deps) => runDigests(deps, settings) }
}

/** One turn of the sweep. */
export async function runDigests(deps: Deps, settings: DigestSettings): Promise<void> {
  const sendsMail = settings.mailer !== null
  for (const root of await settings.listRoots(deps)) {
    if (clock.format(deps.clock()) >= settings.from) {
      await makeDigests(deps, root, { tasks: settings.tasks, listPeople: settings.listPeople, sendsMail })
      await queueRobots(deps, root)
    }
    await sendWaiting(deps, root, createSend(deps, root, settings))
  }
}
