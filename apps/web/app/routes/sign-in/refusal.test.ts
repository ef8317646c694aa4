import { describe, expect, it } from 'vitest'
import { readBack, readSignInFields } from './refusal.ts'

describe('readBack', () => {
  it('keeps a path of ours with its state', () =>
    expect(readBack('/reports?period=2026-09')).toBe('/reports?period=2026-09'))
  it.each([
    null,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'reports',
    '/sign-out',
    'javascript:alert(1)',
  ])('answers the desk to %j', (text) => expect(readBack(text)).toBe('/'))
})

describe('readSignInFields', () => {
  it('takes files and missing fields as empty', () => {
    const form = new FormData()
    form.set('username', new File(['x'], 'x.txt'))
    expect(readSignInFields(form)).toEqual({
      username: '',
      password: '',
      demonstration: '',
      ticket: '',
      code: '',
      back: '',
    })
  })
  it('trims the user name and not the password', () => {
    const form = new FormData()
    form.set('username', ' 51-leader ')
    form.set('password', ' a b ')
    expect(readSignInFields(form)).toMatchObject({ username: '51-leader', password: ' a b ' })
  })
})
