import { importMoves, stepStates } from '@gonglian/organisation'
import { texts as organisation } from '@gonglian/organisation/texts/zh-CN'
import { ReorganisationPlan } from '@gonglian/tenancy'
import { hasMessage, registerMessages } from '@gonglian/ui/messages'
import { messages as platform } from '@gonglian/ui/messages/zh-CN'
import { describe, expect, it } from 'vitest'
import { messages as en } from './en.ts'
import { domains } from './index.ts'
import { messages as zh } from './zh-CN.ts'

registerMessages('zh-CN', zh)
registerMessages('en', en)

function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{([^{}|]+)/g)].map((match) => match[1] ?? ''))].toSorted()
}

describe('the texts of the platform and of all domains', () => {
  const keys = Object.keys(zh).filter((key) => hasMessage('zh-CN', key))

  it('have the same keys', () => {
    expect(Object.keys(en).toSorted()).toEqual(keys.toSorted())
  })

  it.each(keys)('%s uses the same parameters in both languages', (key) => {
    expect(placeholders(en[key])).toEqual(placeholders(zh[key]))
  })

  const steps = domains.flatMap(({ nextSteps = [] }) => nextSteps)
  it.each(steps)('say the next step $key, and name the link to it', ({ key, where }) => {
    const needed = where === 'elsewhere' ? [key, `${key}.act`] : [key]
    expect(needed.filter((one) => !hasMessage('zh-CN', one))).toEqual([])
  })

  // Names that the program puts together (checks/audit-actions.ts looks at those that are written out).
  const acts = [
    ...Object.entries(stepStates).flatMap(([kind, states]) => states.map((state) => `${kind}.${state}`)),
    ...importMoves.map((state) => `import.${state}`),
    ...ReorganisationPlan.options.map(({ shape }) => `federation.${shape.kind.value}`),
  ]
  it.each(acts)('say the act %s of the audit trail', (act) => {
    expect([zh, en].map((messages) => Object.hasOwn(messages, `audit.action.${act}`))).toEqual([true, true])
  })

  it('stand with the domain they are about: those of the platform name none', () => {
    const own = new Set(Object.keys(organisation))
    const strange = Object.keys(platform).filter(
      (key) => own.has(key) || /^(tasks\.|parameters\.key\.)?organisation\./.test(key),
    )
    expect(strange).toEqual([])
  })

  it('punctuate Chinese in full width', () => {
    expect(keys.filter((key) => /\p{Script=Han}[,;:()?!]|[,;:()?!]\p{Script=Han}/u.test(zh[key]))).toEqual([])
  })

  it('keep Chinese out of the English one, but for the name of the language', () => {
    const leaked = keys.filter((key) => key !== 'frame.language.zh-CN' && /\p{Script=Han}/u.test(en[key]))
    expect(leaked).toEqual([])
  })

  it('name no rule by its number in the Chinese one: laws are cited by name and article', () => {
    expect(keys.filter((key) => /\b(?!SHA)[A-Z]{1,4}-?\d{2,3}\b/.test(zh[key]))).toEqual([])
  })

  it('keep English words out of the Chinese one, but for names of keys, file types, protocols and the language', () => {
    const known = /Excel|Word|SHA|CSV|xlsx|PDF|JPEG|PNG|MB|Tab|Ctrl|Esc|English|https|Webhook|SEC|\{[^}]*\}/g
    expect(keys.filter((key) => /[A-Za-z]{2,}/.test(zh[key].replace(known, '')))).toEqual([])
  })
})
