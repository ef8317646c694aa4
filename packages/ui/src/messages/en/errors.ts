import type { errors as source } from '../zh-CN/errors.ts'

export const errors = {
  'errors.unknown': 'That did not succeed, please try again later',
  'errors.unauthenticated': 'Please sign in first',
  'errors.forbidden': 'You may not do this',
  'errors.notFound': 'Not found, or outside what you may see',
  'errors.conflict': 'Somebody has changed this meanwhile; reload and try again',
  'errors.invalid': 'Something is not filled in correctly; please check the marked fields',
  'errors.rateLimited': 'Too many requests, please try again later',
  'errors.crossSite': 'The request came from another site and was refused',
} as const satisfies Record<keyof typeof source, string>
