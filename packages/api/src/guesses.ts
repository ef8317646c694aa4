import { DomainError } from '@gonglian/tenancy'

/** Wrong codes that a source may send before it has to wait. */
const free = 10
/** The longest wait between two wrong codes of a source. */
const longestSeconds = 60
/** After so long without a wrong code a source begins anew. */
const forgottenAfterMs = 600_000
/** Sources that are remembered; beyond, the one that was quiet the longest is forgotten. */
const rememberedSources = 20_000

type Source = { wrong: number; lastAt: number; until: number }

/** What may be guessed at from outside is limited for each source by itself: nobody can stop others by guessing. */
export type Guesses = {
  /** @throws DomainError too_many errors.guessed with the seconds to wait */
  refuse(source: string, now: Date): void
  /** Counts a wrong code of a source: each one beyond the first ten doubles the wait. */
  count(source: string, now: Date): void
}

/** Neighbours of one IPv6 network are one source: whoever has one address of it has all. */
export function nameSource(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!plain.includes(':')) return plain
  const [head = '', tail = ''] = plain.split('::')
  const heads = head === '' ? [] : head.split(':')
  const tails = tail === '' ? [] : tail.split(':')
  const zeros = plain.includes('::')
    ? Array.from({ length: Math.max(0, 8 - heads.length - tails.length) }, () => '0')
    : []
  return [...heads, ...zeros, ...tails]
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')
}

/** Kept in memory, for minutes: where votes come from is written nowhere. */
export function openGuesses(): Guesses {
  const sources = new Map<string, Source>()
  return {
    refuse(source, now) {
      const known = sources.get(source)
      if (!known || known.until <= now.getTime()) return
      throw new DomainError('too_many', 'errors.guessed', {
        params: { seconds: Math.ceil((known.until - now.getTime()) / 1000) },
      })
    },
    count(source, now) {
      const at = now.getTime()
      const known = sources.get(source)
      const wrong = known && at - known.lastAt < forgottenAfterMs ? known.wrong + 1 : 1
      const seconds = wrong <= free ? 0 : Math.min(longestSeconds, 2 ** (wrong - free - 1))
      // Set anew, so that the map stays in the order of the last wrong code.
      sources.delete(source)
      sources.set(source, { wrong, lastAt: at, until: at + seconds * 1000 })
      const [oldest] = sources.keys()
      if (sources.size > rememberedSources && oldest !== undefined) sources.delete(oldest)
    },
  }
}
