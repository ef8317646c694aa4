import { describe, expect, it } from 'vitest'
import { messages as en } from './en/index.ts'
import { hasMessage, readLocale, registerMessages, translate, translateUnknown } from './index.ts'
import { messages as zh } from './zh-CN/index.ts'

registerMessages('zh-CN', zh)
registerMessages('en', en)

function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{([^{}|]+)/g)].map((match) => match[1] ?? ''))].toSorted()
}

describe('catalogues', () => {
  const keys = Object.keys(zh).filter((key) => hasMessage('zh-CN', key))

  it('have the same keys', () => {
    expect(Object.keys(en).toSorted()).toEqual(keys.toSorted())
  })

  it.each(keys)('%s uses the same parameters in both languages', (key) => {
    expect(placeholders(en[key])).toEqual(placeholders(zh[key]))
  })

  it('punctuate Chinese in full width', () => {
    expect(keys.filter((key) => /\p{Script=Han}[,;:()?!]|[,;:()?!]\p{Script=Han}/u.test(zh[key]))).toEqual([])
  })

  it('keep Chinese out of the English one, but for the name of the language', () => {
    const leaked = keys.filter((key) => key !== 'frame.language.zh-CN' && /\p{Script=Han}/u.test(en[key]))
    expect(leaked).toEqual([])
  })

  it('keep English words out of the Chinese one, but for names of keys, file types and the language', () => {
    const known = /Excel|CSV|xlsx|PDF|JPEG|PNG|MB|Tab|Ctrl|Esc|English|\{[^}]*\}/g
    expect(keys.filter((key) => /[A-Za-z]{2,}/.test(zh[key].replace(known, '')))).toEqual([])
  })
})

describe('translate', () => {
  it('fills placeholders', () => {
    expect(translate('zh-CN', 'tables.filtered', { count: 3, total: 12 })).toBe('筛选后 3 条，共 12 条')
  })

  it('chooses the word by number', () => {
    expect(translate('en', 'tables.total', { count: 1 })).toBe('1 row')
    expect(translate('en', 'tables.total', { count: 2 })).toBe('2 rows')
  })

  it('does not read keys off the prototype', () => {
    expect(hasMessage('en', 'toString')).toBe(false)
    expect(translateUnknown('en', 'constructor')).toBe(translate('en', 'errors.unknown'))
  })

  it('does not expand placeholders that a parameter brings in', () => {
    expect(translate('en', 'frame.search.none', { query: '{query}' })).toContain('{query}')
  })
})

describe('readLocale', () => {
  it.each([null, '', 'fr', 'zh', '<script>'])('answers Chinese to %s', (text) => {
    expect(readLocale(text)).toBe('zh-CN')
  })
  it('knows English', () => expect(readLocale('en')).toBe('en'))
})
