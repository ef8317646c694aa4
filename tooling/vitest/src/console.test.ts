import { expect, test } from 'vitest'
import { expectConsoleError } from './console.ts'

test('an expected complaint passes', () => {
  expectConsoleError(/a bowl of \d+ petunias/)
  console.error('a bowl of %d petunias', 42)
})

test.fails('an unexpected complaint fails the test it happens in', () => {
  console.error('nobody expects this')
})

test.fails('an expected complaint that never comes fails the test', () => {
  expectConsoleError(/silence/)
})

test('the console is itself again between tests', () => {
  expect(console.error).toHaveProperty('mock')
})
