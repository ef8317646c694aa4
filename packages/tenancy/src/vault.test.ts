import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maskIdNumber, maskName, maskPhone, openVault } from './vault.ts'

const vault = openVault('a secret of this test, long enough')
const other = openVault('another secret of this test, too')

describe('a sealed value', () => {
  it('opens to what was sealed, and looks different each time', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (plain) => {
        const sealed = vault.seal('member.id_number', plain)
        expect(vault.open('member.id_number', sealed)).toBe(plain)
        expect(vault.seal('member.id_number', plain).equals(sealed)).toBe(false)
      }),
    )
  })

  it('does not contain the value', () => {
    expect(vault.seal('member.id_number', '11010519491231002X').toString('latin1')).not.toContain('19491231')
  })

  it('opens for no other field, with no other secret, and not when a bit was changed', () => {
    const sealed = vault.seal('member.id_number', '11010519491231002X')
    expect(() => vault.open('member.mobile', sealed)).toThrow()
    expect(() => other.open('member.id_number', sealed)).toThrow()
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(sealed)
        changed[at] = (changed[at] ?? 0) ^ change
        expect(() => vault.open('member.id_number', changed)).toThrow()
      }),
    )
  })
})

describe('a fingerprint', () => {
  it('is the same for the same value, and tells kinds, values and secrets apart', () => {
    const print = vault.fingerprint('id_number', '11010519491231002X')
    expect(print).toHaveLength(16)
    expect(vault.fingerprint('id_number', '11010519491231002X').equals(print)).toBe(true)
    expect(vault.fingerprint('mobile', '11010519491231002X').equals(print)).toBe(false)
    expect(vault.fingerprint('id_number', '420281197502281236').equals(print)).toBe(false)
    expect(other.fingerprint('id_number', '11010519491231002X').equals(print)).toBe(false)
  })
})

describe('masks', () => {
  it.each([
    [maskIdNumber, '32092419800615001X', '32****************'],
    [maskPhone, '13812345678', '*********78'],
    [maskPhone, '0837-6222', '*******22'],
    [maskName, '张三', '张*'],
    [maskName, '王晓娜', '王*娜'],
    [maskName, '张', '张*'],
    [maskName, '', '*'],
  ])('%o of %s is %s', (mask, plain, shown) => {
    expect(mask(plain)).toBe(shown)
  })
})
