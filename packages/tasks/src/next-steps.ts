import {
  actorName,
  findFederations,
  type MessageParams,
  type Permission,
  type Role,
  type TenantContext,
} from '@gonglian/tenancy'
import { listAllowed, mayDo } from '@gonglian/tenancy/permissions'

/** A kind of step that a record may wait for, declared beside the rule that finds it. */
export type NextStepKind = {
  /** `unions.next.apply`: the text that says what is to be done; with `.act` the word on the link of one that is done on another page. */
  readonly key: string
  /** Who takes it; null: nobody, a day has to come or others decide whom the reader may not know. */
  readonly permission: Permission | null
  /** Whether the page of the record has the act itself, or another page. */
  readonly where: 'here' | 'elsewhere'
}

/** Declares a kind of step. It stands in `nextSteps` of its domain, so that a test asks for its texts. */
export function defineNextStep(kind: NextStepKind): NextStepKind {
  return kind
}

/** What the rule of a noun has found. */
export type FoundStep = {
  readonly kind: NextStepKind
  /** The body that takes it. */
  readonly bodyId: number
  /** Its name, where it may be out of sight. */
  readonly bodyName?: string
  /** A text that names what it is about, where the record's name doesn't. */
  readonly about?: string
  readonly params?: MessageParams
  /** Accounts that may not take it: whoever applied doesn't decide. */
  readonly except?: readonly string[]
  /** The day since which it waits. */
  readonly since?: string | null
  /** The last day. */
  readonly due?: string | null
  /** The page where it is done, of a kind that is done elsewhere. */
  readonly to?: string
}

/** What a record waits for, as its page says it. */
export type NextStep = {
  readonly key: string
  readonly about: string | null
  readonly params: MessageParams
  readonly since: string | null
  readonly due: string | null
  readonly isLate: boolean
  /** The acting person may take it: the page shows the button. */
  readonly mayAct: boolean
  /** For whom it waits; null: for nobody in particular. */
  readonly waitsFor: {
    readonly body: string
    readonly isOwn: boolean
    readonly roles: readonly Role[]
    /** The person has the role, and must leave it to somebody else. */
    readonly isForOthers: boolean
  } | null
  readonly to: string | null
}

/** Says of each step who takes it and whether the acting person may. What is late comes first, then by its last day; else as found. */
export async function showNextSteps(ctx: TenantContext, found: readonly FoundStep[]): Promise<NextStep[]> {
  const bodies = await findFederations(ctx, [...new Set(found.map(({ bodyId }) => bodyId))])
  return found
    .map((step) => {
      const { kind, bodyId, about = null, params = {}, except = [], since = null, due = null, to = null } = step
      const isOwn = bodyId === ctx.tenantId
      const hasRole = kind.permission !== null && isOwn && mayDo(ctx.actor.roles, kind.permission)
      const isForOthers = hasRole && except.includes(actorName(ctx.actor))
      const waitsFor =
        kind.permission === null
          ? null
          : {
              body: step.bodyName ?? bodies.get(bodyId)?.shortName ?? '',
              isOwn,
              roles: listAllowed(kind.permission),
              isForOthers,
            }
      return {
        ...{ key: kind.key, about, params, since, due, waitsFor, to },
        isLate: due !== null && due < ctx.today,
        mayAct: hasRole && !isForOthers,
      }
    })
    .toSorted((a, b) => (a.due ?? '9999').localeCompare(b.due ?? '9999'))
}
