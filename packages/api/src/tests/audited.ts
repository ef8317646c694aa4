import { z } from 'zod'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { countAuditLines } from '@gonglian/tenancy/testing'
import { appRouter } from '../router.ts'

/** Mutations that write no line in the audit trail, each with the reason. A new one is written down here by hand. */
export const silent: Readonly<Record<string, string>> = {
  'appraisals.castBallot': 'a ballot is nobody’s: no name, no time, no line',
  'appraisals.drawGroupCode': 'nothing takes effect until the member keeps the code, which is written down',
  'tasks.markDigestsRead': 'having read a message is no act',
  'desk.markDeskSeen': 'when somebody last looked at the own desk is no act',
  'session.setLocale': 'the language of the own screen is no act',
  'session.markNoticesSeen': 'having read an announcement is no act',
  'session.beginEnrolment': 'nothing takes effect until the first code is confirmed, which is written down',
  'bodies.previewReorganisation': 'is done and taken back',
  'accounts.confirmAccount': 'the planted account is confirmed already: nothing changes',
  'accounts.enableAccount': 'the planted account is enabled already: nothing changes',
  'accounts.revokeRole': 'the planted account does not have the role: nothing changes',
  'accounts.unlockAccount': 'the planted account is not locked: nothing changes',
}

/** Whether a procedure changes something. */
export function isMutation(path: string): boolean {
  const [routerName = '', name = ''] = path.split('.')
  const procedure: unknown = Reflect.get(Reflect.get(appRouter, routerName), name)
  return z.custom<{ _def: { type: string } }>((value) => value !== null).parse(procedure)._def.type === 'mutation'
}

/** Lines in the trails of all bodies. */
export function countLines(deps: Deps, rootId: number): Promise<number> {
  return withTenant(deps, systemActor('test', rootId), countAuditLines)
}
