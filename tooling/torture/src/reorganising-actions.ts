import { z } from 'zod'
import type { Chance } from './chance.ts'
import type { Change } from './ledger.ts'
import type { Scene } from './scene.ts'

const Preview = z.object({ version: z.string() })
const Reorganised = z.object({ id: z.number(), parts: z.array(z.object({ id: z.number(), code: z.string() })) })

/** Figures change while somebody reads the preview; they look at it again. */
const previews = 8
const mostBodies = 45
const fewestTownships = 12

/** Opens, closes or moves a body, on a preview, as the pages do. */
export async function reorganise(scene: Scene, chance: Chance, kind: Change['kind']): Promise<void> {
  const invented = invent(scene, chance, kind)
  if (invented === null) return
  const { change, actor } = invented
  const reason = `区划调整第${scene.makeNumber()}号`
  const plan = {
    reason,
    ...(change.kind === 'open' ? { ...change, name: `新设${change.code}总工会`, level: 'township' } : change),
  }
  for (let round = 0; round < previews; round += 1) {
    const preview = await scene.mutate(actor, 'bodies.previewReorganisation', { plan })
    if (preview.is !== 'done') return
    const { version } = Preview.parse(preview.value)
    let made: z.output<typeof Reorganised> | null = null
    const attempt = await scene.act(
      actor,
      { is: 'reorganise', change, reason },
      'bodies.reorganise',
      { plan, version },
      (value) => (made = Reorganised.parse(value)).id,
    )
    if (attempt.outcome === 'done') {
      scene.noteChange(change)
      if (change.kind === 'open') scene.welcome(change.code, readId(made, change.code))
      return
    }
    if (attempt.outcome !== 'refused') return
  }
}

function readId(made: z.output<typeof Reorganised> | null, code: string): number {
  const part = made?.parts.find((one) => one.code === code)
  if (!part) throw new Error(`the answer does not name the new body ${code}`)
  return part.id
}

function invent(scene: Scene, chance: Chance, kind: Change['kind']): { change: Change; actor: string } | null {
  const townships = scene.listOpen('township')
  const counties = scene.listOpen('county')
  const [body, county] = [chance.pick(townships), chance.pick(counties)]
  const [which, far, day] = [chance.next(), chance.next(), chance.next()]
  const today = scene.today()
  if (kind === 'open') {
    if (scene.countOpen() >= mostBodies) return null
    return {
      change: { kind, code: `${county}9${String(scene.makeNumber()).padStart(5, '0')}`, parent: county, day: today },
      actor: far < 0.5 ? '51' : county.slice(0, 4),
    }
  }
  if (kind === 'close') {
    if (townships.length <= fewestTownships) return null
    return { change: { kind, body, day: scene.pickDay(body, 'regional', day) }, actor: far < 0.5 ? '51' : '00' }
  }
  // Seldom a whole county, or the industry's line.
  if (which < 0.1) {
    const parent = far < 0.5 ? '5101' : '5102'
    return {
      change: { kind, body: county, parent, hierarchy: 'regional', day: scene.pickDay(county, 'regional', day) },
      actor: '51',
    }
  }
  if (which < 0.2) {
    const moved = far < 0.5 ? '5101JT' : '5102JT'
    const parent = day < 0.5 ? '00JT' : '51JT'
    return {
      change: { kind, body: moved, parent, hierarchy: 'line', day: scene.pickDay(moved, 'line', day) },
      actor: '00',
    }
  }
  return {
    change: { kind, body, parent: county, hierarchy: 'regional', day: scene.pickDay(body, 'regional', day) },
    actor: far < 0.7 ? '51' : '00',
  }
}
