import fc from 'fast-check'
import type { Reach } from '../actor.ts'
import type { NewFederation } from '../tree.ts'

/** A body as the oracle knows it: numbers instead of ids, its superiors by number. */
type Draft = { parent: number; line: number | null; closed: boolean }

export type Country = {
  bodies: NewFederation[]
  /** Superior of each body, by number; the root has none. */
  parents: { regional: (number | null)[]; line: (number | null)[] }
}

/** Up to ten bodies in a random tree, some with a superior in a second line, some closed. */
export const anyCountry: fc.Arbitrary<Country> = fc
  .array(
    fc.record<Draft>({
      parent: fc.nat(20),
      line: fc.option(fc.nat(20), { nil: null }),
      closed: fc.integer({ min: 0, max: 2 }).map((n) => n === 0),
    }),
    { minLength: 3, maxLength: 9 },
  )
  .map((drafts) => {
    const regional: (number | null)[] = [null, ...drafts.map((draft, index) => draft.parent % (index + 1))]
    const line: (number | null)[] = [
      null,
      ...drafts.map((draft, index) => (draft.line === null ? null : draft.line % (index + 1))),
    ]
    const bodies = regional.map((parent, index): NewFederation => {
      const lineParent = line[index] ?? null
      return {
        code: `B${index}`,
        name: `第${index}总工会`,
        shortName: `第${index}`,
        level: index === 0 ? 'national' : 'county',
        validFrom: '2000-01-01',
        ...(drafts[index - 1]?.closed ? { validTo: '2020-01-01' } : {}),
        ...(parent === null ? {} : { parentCode: `B${parent}` }),
        ...(lineParent === null ? {} : { lineParentCode: `B${lineParent}` }),
      }
    })
    return { bodies, parents: { regional, line } }
  })

/** Who looks, with what that allows, worked out from the tree by walking it. Bodies are database ids here. */
export type Look = {
  reach: Reach
  me: number
  /** Itself and all below it, in either hierarchy. */
  below: ReadonlySet<number>
  /** Itself and all above it, in either hierarchy. */
  above: ReadonlySet<number>
  /** Nobody stands above it. */
  isTop: boolean
}

function walkUp(parents: readonly (number | null)[], from: number): number[] {
  const line = [from]
  for (let at = parents[from] ?? null; at !== null; at = parents[at] ?? null) line.push(at)
  return line
}

/**
 * What body number `index` looks at; `ids` are the bodies' ids by number. Null: a visitor, who belongs to no body.
 */
export function lookFrom(country: Country, ids: readonly number[], index: number | null, reach: Reach): Look {
  if (index === null) return { reach, me: 0, below: new Set(), above: new Set(), isTop: false }
  const idAt = (number: number) => ids[number] ?? -1
  const numbers = ids.map((_, number) => number)
  const { regional, line } = country.parents
  const above = [...walkUp(regional, index), ...walkUp(line, index)]
  const below = numbers.filter(
    (number) => walkUp(regional, number).includes(index) || walkUp(line, number).includes(index),
  )
  return {
    reach,
    me: idAt(index),
    below: new Set(below.map(idAt)),
    above: new Set(above.map(idAt)),
    isTop: above.every((number) => number === index),
  }
}
