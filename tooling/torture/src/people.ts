import { setTimeout as wait } from 'node:timers/promises'
import { Chance } from './chance.ts'
import { reorganise } from './reorganising-actions.ts'
import { review, workOnOwn } from './reporting-actions.ts'
import type { Scene } from './scene.ts'

/** So often each comes in a round of the schedule. */
const shares = {
  'sign-in': 1,
  move: 2,
  open: 1,
  close: 1,
  fill: 12,
  withdraw: 2,
  correct: 1,
  accept: 12,
  return: 2,
  reopen: 2,
  again: 4,
} as const
type Kind = keyof typeof shares
const kinds: readonly Kind[] = [
  ...(['sign-in', 'move', 'open', 'close', 'fill', 'withdraw', 'correct'] as const),
  ...(['accept', 'return', 'reopen', 'again'] as const),
]
const round = kinds.flatMap((kind) => Array.from({ length: shares[kind] }, () => kind))
/** Most of the reporting is about one line from the province down and one period, so that decisions of all levels meet. */
const busyLine = /^51(01(01(10\d)?)?)?$/

/** What people do, one after the other; all of it comes from the seed. */
export class Schedule {
  readonly #chance: Chance
  #left: Kind[] = []

  constructor(seed: number) {
    this.#chance = new Chance(seed)
  }

  take(): { kind: Kind; own: Chance } {
    if (this.#left.length === 0) this.#left = this.#chance.shuffle(round)
    return { kind: this.#left.pop() ?? 'fill', own: new Chance(this.#chance.below(0x7fffffff)) }
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
  switch (kind) {
    case 'sign-in': {
      const sent = Date.now()
      scene.ledger.count('sign-in', await scene.visitorOf(body).signIn(), { sent, ended: Date.now() })
      break
    }
    case 'move':
    case 'open':
    case 'close':
      await reorganise(scene, own, kind)
      break
    case 'fill':
    case 'withdraw':
    case 'correct':
      await workOnOwn(scene, own, kind, target)
      break
    case 'accept':
    case 'return':
    case 'reopen':
    case 'again':
      await review(scene, own, kind, target)
  }
  // Where something is away, nobody asks a hundred times a second.
  await wait(50)
}
