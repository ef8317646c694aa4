import { TRPCError } from '@trpc/server'
import { z } from 'zod'
import { fieldErrors } from '@gonglian/records/declared'
import { DomainError, type ErrorCode, type FieldError, type MessageParams } from '@gonglian/tenancy'
import type { ApiContext } from './context.ts'

type TrpcCode = ConstructorParameters<typeof TRPCError>[0]['code']

const trpcCodes = {
  not_found: 'NOT_FOUND',
  forbidden: 'FORBIDDEN',
  conflict: 'CONFLICT',
  invalid: 'BAD_REQUEST',
  unauthenticated: 'UNAUTHORIZED',
  too_many: 'TOO_MANY_REQUESTS',
} as const satisfies Record<ErrorCode, TrpcCode>

const statuses = {
  not_found: 404,
  forbidden: 403,
  conflict: 409,
  invalid: 400,
  unauthenticated: 401,
  too_many: 429,
  fault: 500,
} as const

/** A refusal as a reader gets it: in their language, with what is wrong beside each field. */
export type Refusal = {
  code: ErrorCode | 'fault'
  status: number
  key: string
  params: MessageParams
  message: string
  fields: (FieldError & { message: string })[]
  requestId: string
}

/** What PostgreSQL says when two met, when a figure does not fit, or when a guard in the database refused what code let through. */
const databaseCodes = new Map<string, DomainError>([
  ['23505', new DomainError('conflict', 'errors.conflict')],
  ['40001', new DomainError('conflict', 'errors.conflict')],
  ['40P01', new DomainError('conflict', 'errors.conflict')],
  ['22003', new DomainError('invalid', 'errors.invalid')],
  ['57014', new DomainError('too_many', 'limits.slow')],
  ['42501', new DomainError('forbidden', 'errors.forbidden')],
])

const DatabaseFailure = z.object({ code: z.string(), severity: z.string() })

/** The expected failure behind an error; null for what nobody expected. */
function expectedFailure(error: unknown): DomainError | null {
  if (error instanceof DomainError) return error
  if (error instanceof z.ZodError) return new DomainError('invalid', 'errors.invalid', { fields: fieldErrors(error) })
  const failure = DatabaseFailure.safeParse(error)
  return failure.success ? (databaseCodes.get(failure.data.code) ?? null) : null
}

/** What tRPC has against a call before anything of ours reads it: an unknown procedure, a body that is not JSON or too big. */
function unreadableCall(error: unknown): DomainError | null {
  if (!(error instanceof TRPCError) || error.code === 'INTERNAL_SERVER_ERROR') return null
  if (error.code === 'NOT_FOUND') return new DomainError('not_found', 'errors.notFound')
  return new DomainError('invalid', 'errors.invalid')
}

function causeOf(error: unknown): unknown {
  return error instanceof TRPCError && error.cause !== undefined ? error.cause : error
}

function findFailure(error: unknown): DomainError | null {
  return expectedFailure(causeOf(error)) ?? unreadableCall(error)
}

/** Gives an error its tRPC code, so that the HTTP status fits; the cause stays for the formatter. */
export function toTrpcError(error: unknown): TRPCError {
  const cause = causeOf(error)
  const expected = findFailure(error)
  if (error instanceof TRPCError && (expected === null || error.code === trpcCodes[expected.code])) return error
  return new TRPCError({
    code: expected ? trpcCodes[expected.code] : 'INTERNAL_SERVER_ERROR',
    message: expected?.key ?? 'errors.unknown',
    cause,
  })
}

/**
 * What is said about an error. Of the unexpected nothing is told but that it happened and under which request id it is found in
 * the log.
 */
export function describeError(error: unknown, ctx: Pick<ApiContext, 'locale' | 'translate' | 'requestId'>): Refusal {
  const expected = findFailure(error)
  const say = (key: string, params: MessageParams = {}) => ctx.translate(ctx.locale, key, params)
  if (!expected) {
    return {
      code: 'fault',
      status: statuses.fault,
      key: 'errors.unknown',
      params: {},
      message: say('errors.unknown'),
      fields: [],
      requestId: ctx.requestId,
    }
  }
  return {
    code: expected.code,
    status: statuses[expected.code],
    key: expected.key,
    params: expected.params,
    message: say(expected.key, expected.params),
    fields: expected.fields.map((field) => ({ ...field, message: say(field.key, field.params) })),
    requestId: ctx.requestId,
  }
}

/** Whether an operator should hear of it: nobody expected it, or the database stopped what should not have come so far. */
export function isFault(error: unknown): boolean {
  const cause = causeOf(error)
  return findFailure(error) === null || (DatabaseFailure.safeParse(cause).success && !(cause instanceof DomainError))
}
