import { organisation } from '@gonglian/organisation'

/** The domains that the program is put together of. */
export const domains = [organisation] as const

/** What may be attached to records of any of them. */
export const fileKinds = domains.flatMap((domain) => domain.fileKinds ?? [])
