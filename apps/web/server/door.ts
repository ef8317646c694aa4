import type { Link, SessionRequest, SignedIn } from '@gonglian/auth'
import type { BodyLevel, RoleName } from '@gonglian/ui'
import type { Area } from '../app/areas.ts'

/** Who sent a request, as the session cookie says. */
export type Visitor = SignedIn

/** A request as the session behind it is asked for; `secure`: it came over https. */
export type VisitorRequest = SessionRequest & { readonly secure: boolean }

export type SignInAnswer =
  /** `deviceCookie`: by it the device is known again, so that no stranger's failures lock it out. */
  | { readonly ok: true; readonly cookie: string; readonly deviceCookie: string }
  /** The password was right; a code of the second factor is needed with this ticket. */
  | { readonly ok: false; readonly reason: 'code'; readonly ticket: string; readonly attemptsLeft?: number }
  | { readonly ok: false; readonly reason: 'wrong'; readonly attemptsLeft?: number }
  | { readonly ok: false; readonly reason: 'notEffective' | 'ticketExpired' }
  | { readonly ok: false; readonly reason: 'locked' | 'tooMany'; readonly seconds: number }

/** A refused password says at which field and why, as a key of the catalogue. */
export type PasswordAnswer =
  | { readonly ok: true }
  | {
      readonly ok: false
      readonly field: 'current' | 'next' | 'code'
      readonly key: string
      readonly params?: Readonly<Record<string, unknown>>
    }

export type DemonstrationAccount = {
  readonly username: string
  readonly body: string
  readonly level: BodyLevel
  readonly role: RoleName
}

export type BodyName = { readonly code: string; readonly name: string; readonly level: BodyLevel }

export type FrameData = {
  readonly person: { readonly name: string; readonly username: string; readonly roles: readonly RoleName[] }
  readonly body: BodyName
  /** The line of superiors, the highest first. */
  readonly superiors: readonly BodyName[]
  /** What the person may use, in the order of the navigation. */
  readonly areas: readonly Area[]
  /** Signed in with a first password: nothing else is open until it is changed. */
  readonly mustChangePassword: boolean
  /** The roles ask for a second factor and there is none: nothing else is open until it is set up. */
  readonly mustEnrol: boolean
  /** What proves the person again: a code instead of the password. */
  readonly hasFactor: boolean
}

/**
 * What the frame asks of the house behind it: who is there, sign in and out, what stands in the bars. Pages ask the
 * API's server-side caller instead.
 */
export type Door = {
  readonly readVisitor: (cookie: string | undefined, request: VisitorRequest) => Promise<Visitor | null>
  readonly signIn: (input: {
    readonly username: string
    readonly password: string
    readonly address: string
    readonly agent: string
    readonly requestId: string
    readonly cookie: string | undefined
    readonly secure: boolean
  }) => Promise<SignInAnswer>
  readonly signInWithCode: (input: {
    readonly ticket: string
    readonly code: string
    readonly address: string
    readonly agent: string
    readonly requestId: string
    readonly cookie: string | undefined
    readonly secure: boolean
  }) => Promise<SignInAnswer>
  /** What a link for a first or a new password is for; null when it is void. */
  readonly openLink: (token: string, request: SessionRequest) => Promise<Link | null>
  readonly redeemLink: (
    input: { readonly token: string; readonly code: string; readonly next: string },
    request: SessionRequest,
  ) => Promise<PasswordAnswer>
  /** Ends this session, or all of the person's, and answers the cookie that forgets it. */
  readonly signOut: (cookie: string | undefined, everywhere: boolean, request: VisitorRequest) => Promise<string>
  /** Empty outside demonstration mode. */
  readonly listDemonstrationAccounts: () => Promise<readonly DemonstrationAccount[]>
  readonly readDemonstrationPassword: () => string | null
  readonly changePassword: (
    visitor: Visitor,
    input: { readonly current: string; readonly next: string },
  ) => Promise<PasswordAnswer>
  readonly readFrame: (visitor: Visitor) => Promise<FrameData>
  /** The lines of a file of members that this person has begun to take out, piece by piece. */
  readonly openExport: (visitor: Visitor, exportId: number) => AsyncGenerator<readonly FileLine[]>
}

export type FileLine = readonly (string | null)[]

/** Lets nobody in. Stands here until the API does. */
export const closedDoor: Door = {
  readVisitor: () => Promise.resolve(null),
  signIn: () => Promise.resolve({ ok: false, reason: 'wrong' }),
  signInWithCode: () => Promise.resolve({ ok: false, reason: 'wrong' }),
  openLink: () => Promise.resolve(null),
  redeemLink: () => Promise.reject(new Error('There are no links')),
  signOut: () => Promise.resolve('session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax'),
  listDemonstrationAccounts: () => Promise.resolve([]),
  readDemonstrationPassword: () => null,
  changePassword: () => Promise.reject(new Error('Nobody is signed in')),
  readFrame: () => Promise.reject(new Error('Nobody is signed in')),
  openExport: () => {
    throw new Error('Nobody is signed in')
  },
}
