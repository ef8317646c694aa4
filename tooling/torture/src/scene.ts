import { shanghaiDay, type Level } from '@gonglian/tenancy'
import { addAccount, type Country, type Place } from './country.ts'
import type { Chance } from './chance.ts'
import type { Installation } from './installation.ts'
import { Ledger, type Attempt, type Change, type Intent } from './ledger.ts'
import { Visitor, type Answer } from './visitor.ts'

type Known = { readonly level: Level; isOpen: boolean; hasAccount: boolean }
type Link = { readonly hierarchy: 'regional' | 'line'; readonly child: string; parent: string; from: string }

export type Target = { readonly body: string; readonly place: Place }

/** What the people of the country know, and how they speak to the installation. */
export class Scene {
  readonly ledger = new Ledger()
  readonly width: number
  readonly #installation: Installation
  readonly #visitors = new Map<string, Visitor>()
  readonly #bodies: Map<string, Known>
  readonly #links: Link[]
  readonly #busy = new Set<string>()
  /** Reports as somebody last saw them. */
  readonly #seen = new Map<string, { readonly target: Target; readonly state: string }>()
  #numbers = 0
  /** Accounts of new bodies that are still being made. */
  readonly #welcomes: Promise<void>[] = []

  constructor(installation: Installation) {
    const { country } = installation
    this.#installation = installation
    this.width = country.forms[0]?.items.length ?? 0
    this.#bodies = new Map(country.bodies.map(({ code, level }) => [code, { level, isOpen: true, hasAccount: true }]))
    this.#links = country.links.map((link) => ({ ...link, from: '1990-01-01' }))
  }

  get country(): Country {
    return this.#installation.country
  }

  get signIns(): number {
    return [...this.#visitors.values()].reduce((sum, visitor) => sum + visitor.signIns, 0)
  }

  makeNumber(): number {
    return (this.#numbers += 1)
  }

  today(): string {
    return shanghaiDay(new Date())
  }

  /** The open bodies that somebody can sign in for. */
  listOpen(level?: Level): string[] {
    return [...this.#bodies].flatMap(([code, body]) =>
      body.isOpen && body.hasAccount && (level === undefined || body.level === level) ? [code] : [],
    )
  }

  countOpen(): number {
    return [...this.#bodies.values()].filter((body) => body.isOpen).length
  }

  findSuperior(body: string): string | null {
    return this.#links.find((link) => link.hierarchy === 'regional' && link.child === body)?.parent ?? null
  }

  /** A day on which the body's link may change: the first ones are more often picked, so that it can change again. */
  pickDay(body: string, hierarchy: 'regional' | 'line', share: number): string {
    const today = this.today()
    const first = Number(today.slice(8)) < 16 ? 1 : 16
    const link = this.#links.find((one) => one.hierarchy === hierarchy && one.child === body)
    const after =
      link !== undefined && link.from.slice(0, 7) === today.slice(0, 7) ? Number(link.from.slice(8)) + 1 : first
    const last = Number(today.slice(8))
    const day = Math.min(last, Math.max(first, after) + Math.floor(share ** 3 * (last - after + 1)))
    return `${today.slice(0, 8)}${String(day).padStart(2, '0')}`
  }

  noteChange(change: Change): void {
    if (change.kind === 'open') {
      this.#bodies.set(change.code, { level: 'township', isOpen: true, hasAccount: false })
      this.#links.push({ hierarchy: 'regional', child: change.code, parent: change.parent, from: change.day })
      return
    }
    const body = this.#bodies.get(change.body)
    if (change.kind === 'close') {
      if (body) body.isOpen = false
      return
    }
    const link = this.#links.find((one) => one.hierarchy === change.hierarchy && one.child === change.body)
    if (link) Object.assign(link, { parent: change.parent, from: change.day })
  }

  noteState(target: Target, state: string): void {
    const { body, place } = target
    this.#seen.set(`${body} ${place.form} ${place.period}`, { target, state })
  }

  /** A report that was last seen in one of these states; null when there is none. */
  findReport(chance: Chance, states: readonly string[]): Target | null {
    const fitting = [...this.#seen.values()].filter(
      ({ target, state }) => states.includes(state) && this.#bodies.get(target.body)?.isOpen === true,
    )
    return fitting.length === 0 ? null : chance.pick(fitting).target
  }

  /** Gives a new body its account, however often the database is away. */
  welcome(code: string, id: number): void {
    const tryUntilDone = async () => {
      for (;;) {
        try {
          await addAccount(this.#installation.deps, { id, code })
          break
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 500))
        }
      }
      const body = this.#bodies.get(code)
      if (body) body.hasAccount = true
    }
    this.#welcomes.push(tryUntilDone())
  }

  async settle(): Promise<void> {
    await Promise.all(this.#welcomes)
  }

  /** Does something unless somebody is doing it already. */
  async alone(what: string, work: () => Promise<void>): Promise<void> {
    if (this.#busy.has(what)) return
    this.#busy.add(what)
    try {
      await work()
    } finally {
      this.#busy.delete(what)
    }
  }

  visitorOf(code: string): Visitor {
    const visitor = this.#visitors.get(code) ?? new Visitor(this.#installation.url, code)
    this.#visitors.set(code, visitor)
    return visitor
  }

  async ask(actor: string, path: string, input: unknown): Promise<Answer> {
    return this.#count(path, () => this.visitorOf(actor).ask(path, input))
  }

  /** A call that leaves nothing behind, though it is sent as a change. */
  async mutate(actor: string, path: string, input: unknown): Promise<Answer> {
    return this.#count(path, () => this.visitorOf(actor).act(path, input))
  }

  /** A change; what becomes of it goes into the ledger. */
  act(actor: string, intent: Intent, path: string, input: unknown, read: (value: unknown) => number): Promise<Attempt> {
    return this.ledger.write(actor, intent, () => this.visitorOf(actor).act(path, input), read)
  }

  async #count(path: string, call: () => Promise<Answer>): Promise<Answer> {
    const sent = Date.now()
    const answer = await call()
    this.ledger.count(path, answer, { sent, ended: Date.now() })
    return answer
  }
}
