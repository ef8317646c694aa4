import { defineNextStep } from '@gonglian/tasks'

/** What a union waits for before it is at work, and after its employer changed. */
export const foundingSteps = {
  chooseKind: defineNextStep({ key: 'unions.next.chooseKind', permission: 'organisation:write', where: 'here' }),
  apply: defineNextStep({ key: 'unions.next.apply', permission: 'organisation:write', where: 'here' }),
  mend: defineNextStep({ key: 'unions.next.mend', permission: 'organisation:write', where: 'here' }),
  /** Said to whoever sees neither end of the application. */
  decided: defineNextStep({ key: 'unions.next.decided', permission: null, where: 'here' }),
  ledger: defineNextStep({ key: 'unions.next.ledger', permission: 'organisation:write', where: 'elsewhere' }),
  found: defineNextStep({ key: 'unions.next.found', permission: 'organisation:write', where: 'here' }),
  rebuild: defineNextStep({ key: 'unions.next.rebuild', permission: 'organisation:approve', where: 'here' }),
}

/** What a union at work waits for. */
export const workingSteps = {
  renew: defineNextStep({ key: 'unions.next.renew', permission: 'organisation:write', where: 'here' }),
  renewLate: defineNextStep({ key: 'unions.next.renewLate', permission: 'organisation:write', where: 'here' }),
  hold: defineNextStep({ key: 'unions.next.hold', permission: 'organisation:write', where: 'elsewhere' }),
  handIn: defineNextStep({ key: 'unions.next.handIn', permission: 'organisation:write', where: 'elsewhere' }),
  vote: defineNextStep({ key: 'unions.next.vote', permission: 'organisation:write', where: 'elsewhere' }),
  count: defineNextStep({ key: 'unions.next.count', permission: 'organisation:approve', where: 'elsewhere' }),
  publish: defineNextStep({ key: 'unions.next.publish', permission: 'organisation:write', where: 'elsewhere' }),
  file: defineNextStep({ key: 'unions.next.file', permission: 'organisation:approve', where: 'elsewhere' }),
  assess: defineNextStep({ key: 'unions.next.assess', permission: 'organisation:write', where: 'elsewhere' }),
  recommend: defineNextStep({ key: 'unions.next.recommend', permission: 'organisation:write', where: 'elsewhere' }),
  committee: defineNextStep({ key: 'unions.next.committee', permission: 'rating:review', where: 'elsewhere' }),
  score: defineNextStep({ key: 'unions.next.score', permission: 'rating:review', where: 'elsewhere' }),
  notice: defineNextStep({ key: 'unions.next.notice', permission: null, where: 'here' }),
  answer: defineNextStep({ key: 'unions.next.answer', permission: 'rating:award', where: 'elsewhere' }),
  award: defineNextStep({ key: 'unions.next.award', permission: 'rating:award', where: 'elsewhere' }),
}

export const unionStepKinds = [...Object.values(foundingSteps), ...Object.values(workingSteps)]
