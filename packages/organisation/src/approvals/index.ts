import { termExtension } from './term-extension.ts'

/** What of this domain needs the approval of the next level. */
export const organisationApprovals = [termExtension] as const
