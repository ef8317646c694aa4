import { expect, test } from 'vitest'
import { readOptions } from './options.mjs'

test('without a word: port 3000 if it is free, with the demonstration', () => {
  expect(readOptions([], {})).toMatchObject({ port: 3000, portAsked: false, demonstration: true })
})

test('the command line goes before the environment', () => {
  expect(readOptions(['--port', '4000'], { PORT: '5000' })).toMatchObject({ port: 4000, portAsked: true })
  expect(readOptions([], { PORT: '5000' })).toMatchObject({ port: 5000, portAsked: true })
  expect(readOptions([], { PORT: '' })).toMatchObject({ port: 3000, portAsked: false })
})

test('no demonstration when it is declined, nor where NODE_ENV says that this is real', () => {
  expect(readOptions(['--no-demo'], {})).toMatchObject({ demonstration: false, demonstrationRefused: false })
  expect(readOptions([], { NODE_ENV: 'production' })).toMatchObject({
    demonstration: false,
    demonstrationRefused: true,
  })
  expect(readOptions([], { NODE_ENV: 'development' })).toMatchObject({ demonstration: true })
})

test.each(['0', '65536', '-1', '3000x', '３０００', '1e3'])('the port %s is refused', (port) => {
  expect(() => readOptions([`--port=${port}`], {})).toThrow('number from 1 to 65535')
})

test.each([['--nonsense'], ['--port'], ['surplus']])('%s is refused with the usage', (parameter) => {
  expect(() => readOptions([parameter], {})).toThrow('npm start [-- OPTIONS]')
})
