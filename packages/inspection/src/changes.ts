import { listDecisions, listHandedIn, nameForms, type Decided, type FormName, type HandedIn } from '@gonglian/reporting'
import { listTargetEvents, type TargetEvent } from '@gonglian/targets'
import { findFederations, found, type TenantContext } from '@gonglian/tenancy'

type Named = { form: FormName }
/** What happened to targets: of one body in one plan, together. */
type TargetChange = {
  kind: 'target'
  at: Date
  event: TargetEvent['kind']
  planId: number
  planName: string
  isOwn: boolean
  body: string
  items: number
}
type DecisionChange = { kind: 'decision' } & Omit<Decided, 'formId'> & Named
/** `bodies`: the first few; `count`: all. */
type HandedInChange = { kind: 'handedIn' } & Pick<HandedIn, 'at' | 'event' | 'period'> &
  Named & { bodies: string[]; count: number }
export type Change = TargetChange | DecisionChange | HandedInChange

const most = 40
const namesShown = 3
/** Single items; a body with a plan of twenty makes as many. */
const eventsRead = 1000

/** What others did to what concerns the body since a moment, newest first. */
export async function listChanges(ctx: TenantContext, since: Date): Promise<{ changes: Change[]; hasMore: boolean }> {
  const decisions = await listDecisions(ctx, { since, limit: most + 1 })
  const handedIn = await listHandedIn(ctx, { since, limit: most + 1 })
  const events = groupEvents(await listTargetEvents(ctx, { since, limit: eventsRead }))
  const forms = await nameForms(
    ctx,
    [...decisions, ...handedIn].map((line) => line.formId),
  )
  const bodies = await findFederations(ctx, [
    ...new Set([
      ...events.map((event) => event.bodyId),
      ...handedIn.flatMap((line) => line.bodyIds.slice(0, namesShown)),
    ]),
  ])
  const nameBody = (id: number) => bodies.get(id)?.shortName ?? ''
  const nameForm = (id: number) => found(forms.get(id), 'errors.formNotFound')
  const changes: Change[] = [
    ...decisions.map(({ formId, ...line }) => ({ kind: 'decision' as const, ...line, form: nameForm(formId) })),
    ...handedIn.map(({ formId, bodyIds, ...line }) => ({
      kind: 'handedIn' as const,
      ...line,
      form: nameForm(formId),
      bodies: bodyIds.slice(0, namesShown).map(nameBody),
      count: bodyIds.length,
    })),
    ...events.map(({ bodyId, ...line }) => ({ kind: 'target' as const, ...line, body: nameBody(bodyId) })),
  ]
  const sorted = changes.toSorted((a, b) => b.at.getTime() - a.at.getTime())
  return { changes: sorted.slice(0, most), hasMore: sorted.length > most }
}

function groupEvents(events: readonly TargetEvent[]): (Omit<TargetChange, 'kind' | 'body'> & { bodyId: number })[] {
  const groups = new Map<string, Omit<TargetChange, 'kind' | 'body'> & { bodyId: number }>()
  for (const { at, kind, planId, planName, bodyId, isOwn } of events) {
    const key = `${kind} ${planId} ${bodyId}`
    const group = groups.get(key)
    // Newest come first: the first of a group has its time.
    if (group) group.items += 1
    else groups.set(key, { at, event: kind, planId, planName, bodyId, isOwn, items: 1 })
  }
  return [...groups.values()]
}
