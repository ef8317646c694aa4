import type { FieldError, MessageParams } from '@gonglian/tenancy'
import type { z } from 'zod'

/** A key of whatever area, as the words that zod itself finds never are. */
const catalogueKey = /^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*)+$/

/** What is wrong with each field, as keys of the catalogue. A schema may give a key itself, as its message. */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.map((issue) => {
    const path = issue.path.map(String).join('.')
    if (catalogueKey.test(issue.message)) return { path, key: issue.message }
    const [key, params] = describeIssue(issue)
    return params === undefined ? { path, key } : { path, key, params }
  })
}

function describeIssue(issue: z.core.$ZodIssue): [key: string, params?: MessageParams] {
  switch (issue.code) {
    case 'invalid_type':
      // zod keeps the value out of its issues, and says only in words that there was none.
      return [/received (undefined|null)$/.test(issue.message) ? 'errors.inputMissing' : 'errors.inputType']
    case 'too_small':
      if (issue.origin !== 'string' && issue.origin !== 'array')
        return ['errors.inputSmall', { limit: String(issue.minimum) }]
      return Number(issue.minimum) === 1
        ? ['errors.inputMissing']
        : [issue.origin === 'string' ? 'errors.inputShort' : 'errors.inputFew', { limit: String(issue.minimum) }]
    case 'too_big':
      if (issue.origin !== 'string' && issue.origin !== 'array')
        return ['errors.inputLarge', { limit: String(issue.maximum) }]
      return [issue.origin === 'string' ? 'errors.inputLong' : 'errors.inputMany', { limit: String(issue.maximum) }]
    case 'invalid_value':
      return ['errors.inputChoice']
    case 'unrecognized_keys':
      return ['errors.inputUnknown']
    case 'invalid_format':
    case 'not_multiple_of':
    case 'invalid_union':
    case 'invalid_key':
    case 'invalid_element':
    case 'custom':
      return ['errors.inputFormat']
  }
}
