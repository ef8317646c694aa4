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
}

/**
 * Mutations that nothing planted can be asked for with success: what is planted is in another state, or has nothing to change. Each is done in
 * a test of its own package, which looks for its act in the trail. A new one is written down here by hand, after such a test.
 */
export const elsewhere: Readonly<Record<string, { readonly act: string; readonly test: string }>> = {
  'accounts.confirmAccount': { act: 'account.confirm', test: 'auth/src/accounts.test.ts' },
  'accounts.confirmRequest': { act: 'factor.reset', test: 'auth/src/one-time-links.test.ts' },
  'accounts.enableAccount': { act: 'account.enable', test: 'auth/src/accounts.test.ts' },
  'accounts.requestFactorReset': { act: 'factor.requestReset', test: 'auth/src/one-time-links.test.ts' },
  'accounts.revokeRole': { act: 'role.revoke', test: 'auth/src/accounts.test.ts' },
  'accounts.unlockAccount': { act: 'account.unlock', test: 'auth/src/sign-in.test.ts' },
  'appraisals.askEarlyClosing': {
    act: 'appraisal.early_asked',
    test: 'organisation/src/appraisals/working-groups.test.ts',
  },
  'bodies.reorganise': { act: 'federation.move', test: 'rollup/src/reorganisations.test.ts' },
  'imports.retryImport': { act: 'import.waiting', test: 'organisation/src/races.test.ts' },
  'imports.undoImport': { act: 'import.undoing', test: 'organisation/src/unions/union-import.test.ts' },
  'queue.retryJob': { act: 'queue.retry', test: 'api/src/queue.test.ts' },
  'ratings.awardRating': { act: 'rating.awarded', test: 'organisation/src/ratings/ratings.test.ts' },
  'reviews.acceptAgain': { act: 'report.accept_again', test: 'reporting/src/acceptances.test.ts' },
  'session.confirmEnrolment': { act: 'factor.enrol', test: 'auth/src/factor.test.ts' },
  'session.endSession': { act: 'session.end', test: 'auth/src/sessions.test.ts' },
  'session.replaceRecoveryCodes': { act: 'factor.recoveryCodes', test: 'auth/src/factor.test.ts' },
  'tasks.dropChannel': { act: 'channel.drop', test: 'tasks/src/deliveries.test.ts' },
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
