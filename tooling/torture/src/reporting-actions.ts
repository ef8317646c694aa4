import { z } from 'zod'
import type { Chance } from './chance.ts'
import type { Intent, ReportEvent, Sheet } from './ledger.ts'
import type { Scene, Target } from './scene.ts'

const View = z.object({
  reportId: z.number().nullable(),
  state: z.string(),
  version: z.number(),
  reviewer: z.object({ code: z.string() }).nullable(),
  changedBelow: z.object({ mark: z.string() }).nullable(),
})
type View = z.output<typeof View>
const Versioned = z.object({ version: z.number() })
const Opened = z.object({ reportId: z.number(), version: z.number() })
const readVersion = (value: unknown) => Versioned.parse(value).version

/** Looks at a report as the page does. Null: no answer, or out of sight. */
async function look(scene: Scene, actor: string, { body, place }: Target): Promise<View | null> {
  const answer = await scene.ask(actor, 'reports.getReport', { ...place, ...(actor === body ? {} : { body }) })
  if (answer.is !== 'done') return null
  const view = View.parse(answer.value)
  scene.noteState({ body, place }, view.changedBelow === null ? view.state : 'changed below')
  return view
}

/** What somebody comes for; when the report is not in that state, they do what is due. */
export type OwnWish = 'fill' | 'withdraw' | 'correct'
export type ReviewWish = 'accept' | 'return' | 'reopen' | 'again'
const editable = ['not_started', 'draft', 'returned', 'correcting']
const wanted: Record<OwnWish | ReviewWish, readonly string[]> = {
  fill: ['draft', 'returned', 'correcting'],
  withdraw: ['submitted'],
  correct: ['accepted'],
  accept: ['submitted'],
  return: ['submitted'],
  reopen: ['accepted'],
  again: ['changed below', 'accepted'],
}

/** Goes where the wish can be granted, or to any report. */
function choose(scene: Scene, chance: Chance, wish: OwnWish | ReviewWish, target: Target): Target {
  const isAnywhere = chance.happens(wish === 'fill' ? 0.7 : 0.15)
  return (isAnywhere ? null : scene.findReport(chance, wanted[wish])) ?? target
}

/** Somebody of the body goes on with its report: fills it in and hands it in, takes it back, or asks to correct it. */
export async function workOnOwn(scene: Scene, chance: Chance, wish: OwnWish, anywhere: Target): Promise<void> {
  const hurried = chance.happens(0.1)
  const isOld = chance.happens(0.1)
  const sheet = inventSheet(scene, chance)
  const target = choose(scene, chance, wish, anywhere)
  const view = await look(scene, target.body, target)
  if (view === null) return
  if (editable.includes(view.state)) {
    await fillIn(scene, target, sheet, hurried)
    return
  }
  const seen = isOld ? Math.max(1, view.version - 1) : view.version
  if (view.state === 'submitted' && wish === 'withdraw')
    await step(scene, target.body, view, 'withdrawn', { seen, hurried })
  if (view.state === 'accepted' && wish === 'correct')
    await step(scene, target.body, view, 'correction_requested', { seen, hurried })
}

/** The superior decides about the report of a body below: accepts, returns, opens it again or accepts again what changed below. */
export async function review(scene: Scene, chance: Chance, wish: ReviewWish, anywhere: Target): Promise<void> {
  const hurried = chance.happens(0.1)
  const isOld = chance.happens(0.1)
  const isBlind = chance.happens(0.1)
  const isFaulty = wish === 'return' || chance.happens(0.15)
  const target = choose(scene, chance, wish, anywhere)
  const superior = scene.findSuperior(target.body)
  if (superior === null) return
  let view = await look(scene, superior, target)
  if (view === null) return
  // A period that is over is reviewed by its own superior.
  const reviewer = view.reviewer?.code ?? superior
  if (reviewer !== superior) view = await look(scene, reviewer, target)
  if (view === null || view.reportId === null) return
  const seen = isOld ? Math.max(1, view.version - 1) : view.version
  if (view.state === 'submitted')
    await step(scene, reviewer, view, isFaulty ? 'returned' : 'accepted', { seen, hurried })
  else if (view.state === 'accepted' && wish === 'reopen')
    await step(scene, reviewer, view, 'reopened', { seen, hurried })
  else if (view.state === 'accepted' && view.changedBelow !== null)
    await step(scene, reviewer, view, 'accepted_again', { seen, hurried })
  // Nobody can decide about what is not handed in.
  else if (isBlind) await step(scene, reviewer, view, 'accepted', { seen, hurried })
}

const procedures = {
  submitted: 'reports.submitReport',
  withdrawn: 'reports.withdrawReport',
  correction_requested: 'reports.requestCorrection',
  accepted: 'reviews.acceptReport',
  accepted_again: 'reviews.acceptAgain',
  returned: 'reviews.returnReport',
  reopened: 'reviews.reopenReport',
} as const satisfies Record<ReportEvent, string>

/** Takes a step once, or twice at the same time when somebody is in a hurry: only one of the two may be done. */
async function step(
  scene: Scene,
  actor: string,
  view: Pick<View, 'reportId' | 'changedBelow'>,
  event: ReportEvent,
  { seen, hurried, sheet }: { seen: number; hurried: boolean; sheet?: Sheet },
): Promise<void> {
  const reportId = view.reportId ?? 0
  const more = {
    submitted: { confirmWarnings: true },
    withdrawn: {},
    correction_requested: { reason: '数字有误' },
    accepted: {},
    accepted_again: { mark: view.changedBelow?.mark ?? '' },
    returned: { faults: [{ position: 1, reason: '请核实' }] },
    reopened: { reason: '补报数字' },
  }[event]
  const intent: Intent = { is: 'step', event, reportId, seen, ...(sheet === undefined ? {} : { sheet }) }
  const send = () => scene.act(actor, intent, procedures[event], { reportId, version: seen, ...more }, readVersion)
  await Promise.all(hurried ? [send(), send()] : [send()])
}

async function fillIn(scene: Scene, target: Target, sheet: Sheet, hurried: boolean): Promise<void> {
  const { body, place } = target
  // One person types in a sheet at a time: the figures handed in are then those of one sheet.
  await scene.alone(`${body} ${place.form} ${place.period}`, async () => {
    let opened = { reportId: 0, version: 0 }
    const begun = await scene.act(body, { is: 'open', body, ...place }, 'reports.openReport', place, (value) => {
      opened = Opened.parse(value)
      return opened.reportId
    })
    if (begun.outcome !== 'done') return
    const cells = sheet.figures.map((value, index) => ({
      position: index + 1,
      value,
      mark: sheet.inexact.includes(index + 1) ? 1 : 0,
      note: sheet.note,
    }))
    const { reportId } = opened
    const saved = await scene.act(
      body,
      { is: 'save', reportId, sheet },
      'reports.saveDraft',
      { ...opened, cells },
      readVersion,
    )
    if (saved.number === null) return
    const view = { reportId, changedBelow: null }
    await step(scene, body, view, 'submitted', { seen: saved.number, hurried, sheet })
  })
}

function inventSheet(scene: Scene, chance: Chance): Sheet {
  const invented = Array.from({ length: scene.width }, (): number | null => {
    const [size, value] = [chance.next(), chance.below(1000)]
    return size < 0.2 ? null : size < 0.25 ? 999_999_999_999 : value
  })
  const figures = invented.some((value) => value !== null) ? invented : invented.map(() => 1)
  return {
    figures,
    inexact: figures.flatMap((value, index) => (chance.happens(0.2) && value !== null ? [index + 1] : [])),
    note: `第${chance.below(0x7fffffff)}-${scene.makeNumber()}次`,
  }
}
