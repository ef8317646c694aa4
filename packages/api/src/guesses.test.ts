import { DomainError } from '@gonglian/tenancy'
import { describe, expect, test } from 'vitest'
import { nameSource, openGuesses } from './guesses.ts'

const at = (second: number) => new Date(Date.UTC(2026, 10, 21) + second * 1000)
const wait = (work: () => void): number => {
  try {
    work()
  } catch (error) {
    if (error instanceof DomainError && error.code === 'too_many') return Number(error.params['seconds'])
    throw error
  }
  return 0
}

describe('H2 wrong slip codes', () => {
  test('stop their source alone, for a time that grows and ends', () => {
    const guesses = openGuesses()
    for (let guess = 0; guess < 10; guess++) guesses.count('10.0.0.1', at(0))
    expect(wait(() => guesses.refuse('10.0.0.1', at(0)))).toBe(0)
    const waits: number[] = []
    let now = 0
    for (let guess = 0; guess < 9; guess++) {
      guesses.count('10.0.0.1', at(now))
      const seconds = wait(() => guesses.refuse('10.0.0.1', at(now)))
      waits.push(seconds)
      now += seconds
      expect(wait(() => guesses.refuse('10.0.0.1', at(now)))).toBe(0)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
    for (let guess = 0; guess < 650; guess++) guesses.count('10.0.0.1', at(now))
    expect(wait(() => guesses.refuse('10.0.0.2', at(now)))).toBe(0)
    // Ten quiet minutes, and it begins anew.
    guesses.count('10.0.0.1', at(now + 601))
    expect(wait(() => guesses.refuse('10.0.0.1', at(now + 601)))).toBe(0)
  })

  test('of many sources: memory stays bounded, and who is not there is not stopped', () => {
    const guesses = openGuesses()
    for (let source = 0; source < 50_000; source++) guesses.count(`s${source}`, at(source / 1000))
    expect(wait(() => guesses.refuse('s49999', at(50)))).toBe(0)
  })

  test('an IPv6 network is one source, however its addresses are written', () => {
    const names = ['2001:db8:0:1::7', '2001:0DB8:0:1:ffff::', '2001:db8:0:1:1:2:3:4'].map(nameSource)
    expect(new Set(names)).toEqual(new Set(['2001:db8:0:1']))
    expect(nameSource('2001:db8:0:2::7')).not.toBe(names[0])
    expect(nameSource('::ffff:10.0.0.1')).toBe('10.0.0.1')
    expect(nameSource('::1')).toBe('0:0:0:0')
  })
})
