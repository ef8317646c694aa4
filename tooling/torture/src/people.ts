import { setTimeout as wait } from 'node:timers/promises'
import { Chance } from './chance.ts'
import { reorganise } from './reorganising-actions.ts'
import { review, workOnOwn } from './reporting-actions.ts'
import type { Scene } from './scene.ts'

const kinds = ['sign-in', 'move', 'move', 'open', 'close', 'own', 'review'] as const
/** So often each comes in a round of the schedule. */
const round = [
  ...kinds,
  ...Array.from({ length: 13 }, () => 'own' as const),
  ...Array.from({ length: 20 }, () => 'review' as const),
]
/** Most of the reporting is about one line from the province down and one period, so that decisions of all levels meet. */
const busyLine = /^51(01(01(10\d)?)?)?$/

/** What people do, one after the other; all of it comes from the seed. */
export class Schedule {
  readonly #chance: Chance
  #left: (typeof kinds)[number][] = []

  constructor(seed: number) {
    this.#chance = new Chance(seed)
  }

  take(): { kind: (typeof kinds)[number]; own: Chance } {
    if (this.#left.length === 0) this.#left = this.#chance.shuffle(round)
    return { kind: this.#left.pop() ?? 'own', own: new Chance(this.#chance.below(0x7fffffff)) }
  }
}

/** One act of one person, as the schedule says next. */
export async function act(scene: Scene, schedule: Schedule): Promise<void> {
  const { kind, own } = schedule.take()
  const isBusy = own.happens(0.6)
  const bodies = scene.listOpen()
  const body = own.pick(isBusy ? bodies.filter((code) => busyLine.test(code)) : bodies)
  const { places } = scene.country
  const target = { body, place: own.pick(isBusy ? places.slice(0, 1) : places) }
  if (kind === 'sign-in') {
    const sent = Date.now()
    scene.ledger.count('sign-in', await scene.visitorOf(body).signIn(), { sent, ended: Date.now() })
  } else if (kind === 'own') await workOnOwn(scene, own, target)
  else if (kind === 'review') await review(scene, own, target)
  else await reorganise(scene, own, kind)
  // Where something is away, nobody asks a hundred times a second.
  await wait(50)
}
