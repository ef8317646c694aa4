export {
  AccountName,
  CreateAccount,
  SetLocale,
  createAccount,
  disableAccount,
  enableAccount,
  proposeLeader,
  requestFactorReset,
  requestPasswordReset,
  setLocale,
  unlockAccount,
} from './accounts.ts'
export { ExportAccounts, ListAccounts, exportAccounts, listAccounts, type AccountLine } from './account-list.ts'
export { absoluteHours, idleMinutes, sessionHandle, type AccountStatus } from './adapter.ts'
export {
  ConfirmEnrolment,
  beginEnrolment,
  confirmEnrolment,
  readFactor,
  replaceRecoveryCodes,
  type Enrolment,
  type FactorState,
} from './enrolment.ts'
export { auth } from './domain.ts'
export { markDeskSeen, readDeskSeen } from './desk.ts'
export { GrantRole, confirmAccount, grantRole, revokeRole } from './grants.ts'
export { addAdministrators, type FirstAccess } from './first-administrators.ts'
export { addAccount, addDemonstrationAccounts, type NewAccount } from './operator.ts'
export { ChangePassword, changePassword } from './password-change.ts'
export { confirmRequest } from './link-requests.ts'
export { listNotices, markNoticesSeen, type Notice } from './notices.ts'
export {
  OpenLink,
  RedeemLink,
  createOneTimeLink,
  openLink,
  redeemOneTimeLink,
  welcomePath,
  type Link,
} from './one-time-links.ts'
export {
  EndAccountSessions,
  EndSession,
  endAccountSessions,
  endSession,
  listSessions,
  signOut,
  signOutEverywhere,
  validateSession,
  type OpenSession,
  type SessionRequest,
  type SignedIn,
} from './sessions.ts'
export { ProveSession, proveSession } from './proof.ts'
export { sealedColumns } from './sealed-columns.ts'
export { SignIn, SignInWithCode, signIn, signInWithCode, type Opened } from './sign-in.ts'
export { SetSignInRule, readSignInRule, setSignInRule, type SignInRule } from './sign-in-rule.ts'
