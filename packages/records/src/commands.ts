import { DomainError, recordAudit, requireFreshProof, requirePermission, type TenantContext } from '@gonglian/tenancy'
import type { JsonValue } from '@gonglian/db'
import { z } from 'zod'
import type { Form, FormValues } from './forms.ts'

/** What a command did: its answer, and the line of the audit trail. No personal data goes into `before` and `after`. */
export type Done<Answer> = {
  readonly answer: Answer
  readonly objectId: string | number
  readonly before?: JsonValue
  readonly after?: JsonValue
}

export type Command<F extends Form = Form, Answer = unknown> = {
  readonly kind: 'command'
  readonly form: F
  /** What was done, as the trail says it: `visit.record` has the text `audit.action.visit.record`. */
  readonly action: string
  /** To what: `visit` has the text `audit.object.visit`. */
  readonly object: string
  /** Whether the person proves again who it is. */
  readonly isProved?: boolean
  readonly run: (ctx: TenantContext, input: FormValues<F>) => Promise<Done<Answer>>
}

/** Declares a command: who may do it, what it is called in the audit trail, and what it does. */
export function defineCommand<const F extends Form, Answer>(
  form: F,
  declared: Omit<Command<F, Answer>, 'kind' | 'form'>,
): Command<F, Answer> {
  return { kind: 'command', form, ...declared }
}

/** Checks who asks, does it and writes its line of the audit trail, in the transaction of `ctx`. */
export async function runCommand<F extends Form, Answer>(
  ctx: TenantContext,
  command: Command<F, Answer>,
  input: FormValues<F>,
): Promise<Answer> {
  requirePermission(ctx, command.form.permission)
  if (command.isProved === true) requireFreshProof(ctx)
  const { answer, objectId, before, after } = await command.run(ctx, input)
  await recordAudit(ctx, {
    action: command.action,
    objectKind: command.object,
    objectId,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  })
  return answer
}

/** Checks the input and runs the command: for programs and tests, which give it as the API would get it. */
export function performCommand<F extends Form, Answer>(
  ctx: TenantContext,
  command: Command<F, Answer>,
  input: z.input<F['schema']>,
): Promise<Answer> {
  return runCommand(ctx, command, z.parse<F['schema']>(command.form.schema, input))
}

/**
 * Holds the version that the page had against that of the locked row.
 *
 * @throws DomainError conflict where somebody else changed it meanwhile; the form then offers the latest state
 */
export function checkVersion(row: { readonly version: number }, given: number): void {
  if (row.version !== given) throw new DomainError('conflict', 'errors.conflict')
}

/** The refusal of one field, where what it names is taken: `conflict`. */
export function refuseTaken(path: string, key: string): DomainError {
  return new DomainError('conflict', key, { fields: [{ path, key }] })
}

/** The refusal of one field. */
export function refuseField(
  path: string,
  key: string,
  params: Readonly<Record<string, string | number>> = {},
): DomainError {
  return new DomainError('invalid', key, { params, fields: [{ path, key, params }] })
}
