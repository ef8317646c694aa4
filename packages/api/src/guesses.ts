import { DomainError } from '@gonglian/tenancy'

const windowMs = 60_000
/** A code has 31^16 values: these are for the load, not for the odds. */
const guessesPerWindow = 600

/** When wrong codes came in, in this process; not from where: addresses of voters are kept nowhere, not even here. */
const guesses: number[] = []

function forgetOld(now: Date): void {
  while (guesses.length > 0 && (guesses[0] ?? 0) <= now.getTime() - windowMs) guesses.shift()
}

/** @throws DomainError too_many errors.rateLimited while too many wrong codes come in */
export function refuseGuesses(now: Date): void {
  forgetOld(now)
  if (guesses.length >= guessesPerWindow) throw new DomainError('too_many', 'errors.rateLimited')
}

/** Counts a refusal for a wrong code; any other error is nothing to count. */
export function countGuess(error: unknown, now: Date): void {
  if (error instanceof DomainError && error.code === 'not_found') guesses.push(now.getTime())
}
