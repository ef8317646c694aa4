import { expect, test } from 'vitest'
import { showStep } from './progress.mjs'

function fakeStream(isTTY: boolean) {
  const written: string[] = []
  return { stream: { isTTY, columns: 40, write: (text: string) => written.push(text) > 0 }, written }
}

test('in a pipe there is a line at the start and one at the end', async () => {
  const { stream, written } = fakeStream(false)
  expect(await showStep('Building', () => Promise.resolve(7), stream)).toBe(7)
  expect(written).toEqual(['  Building ...\n', '✓ Building (0 s)\n'])
})

test('a step that fails is marked, and its error goes on', async () => {
  const { stream, written } = fakeStream(false)
  await expect(showStep('Building', () => Promise.reject(new Error('no')), stream)).rejects.toThrow('no')
  expect(written.at(-1)).toBe('✗ Building (0 s)\n')
})

test('in a terminal the line is rewritten in place and never wraps, Chinese included', async () => {
  const { stream, written } = fakeStream(true)
  const work = async (say: (detail: string) => void) => {
    say('正在装入全国四万四千七百零四个工会组织的示范数据')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
  await showStep('Loading', work, stream)
  const frame = written.find((text) => text.includes('正在')) ?? ''
  const shown = frame.replace('\r\x1b[2K', '')
  expect(frame.startsWith('\r\x1b[2K')).toBe(true)
  expect([...shown].reduce((width, letter) => width + (letter > '⺀' ? 2 : 1), 0)).toBeLessThan(40)
  expect(written.at(-1)).toMatch(/^\r\x1b\[2K✓ Loading \(\d+ s\)\n$/)
})
