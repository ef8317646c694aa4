import { DomainError } from '@gonglian/tenancy'
import { expect, test } from 'vitest'
import { countGuess, refuseGuesses } from './guesses.ts'

test('M115 wrong slip codes are limited per minute, right ones are not counted', () => {
  const at = (second: number) => new Date(Date.UTC(2026, 10, 21) + second * 1000)
  const wrong = new DomainError('not_found', 'organisation.slipUnknown')
  for (let guess = 0; guess < 599; guess++) countGuess(wrong, at(0))
  for (let other = 0; other < 50; other++) countGuess(new DomainError('invalid', 'errors.invalid'), at(0))
  expect(() => refuseGuesses(at(1))).not.toThrow()
  countGuess(wrong, at(1))
  expect(() => refuseGuesses(at(2))).toThrow(expect.objectContaining({ code: 'too_many', key: 'errors.rateLimited' }))
  expect(() => refuseGuesses(at(60))).not.toThrow()
})
