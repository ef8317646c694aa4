import { describe, expect, it } from 'vitest'
import { messages as en } from './en/index.ts'
import { hasMessage, readLocale, registerMessages, translate, translateUnknown } from './index.ts'
import { messages as zh } from './zh-CN/index.ts'

registerMessages('zh-CN', zh)
registerMessages('en', en)

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
