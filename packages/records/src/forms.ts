import type { Permission } from '@gonglian/tenancy/permissions'
import { z } from 'zod'
import type { Field, Typed } from './fields.ts'

export type Fields = Readonly<Record<string, Field>>

type Shape<F extends Fields> = { [Name in keyof F]: F[Name]['schema'] }

/**
 * What a command asks, for the browser and the server: fields, and what the page gives without asking (`given`: which record, which
 * version).
 */
export type Form<F extends Fields = Fields, G extends z.ZodRawShape = z.ZodRawShape> = {
  /** The procedure, `visits.recordVisit`. */
  readonly path: string
  /** The beginning of its texts' keys. */
  readonly noun: string
  /** Who may do it: others aren't offered it, and are refused. */
  readonly permission: Permission
  readonly fields: F
  readonly given: G
  /** Checks the whole input, in the browser and in the server. */
  readonly schema: z.ZodType<z.output<z.ZodObject<Shape<F> & G>>, z.input<z.ZodObject<Shape<F> & G>>>
}

/** What a form's command gets. */
export type FormValues<T extends Form> = z.output<T['schema']>

/** A rule over several fields: the field beside which it is said, and the key of the text. */
export type Refusal = { readonly path: string; readonly key: string }

/** Declares what a command asks. */
export function defineForm<const F extends Fields, const G extends z.ZodRawShape = Record<never, never>>(declared: {
  readonly path: string
  readonly noun: string
  readonly permission: Permission
  readonly fields: F
  readonly given?: G
  /** What several fields say together; null where nothing is wrong. */
  readonly refuse?: (input: z.output<z.ZodObject<Shape<F> & G>>) => Refusal | null
}): Form<F, G>
export function defineForm({
  path,
  noun,
  permission,
  fields,
  given = {},
  refuse,
}: {
  readonly path: string
  readonly noun: string
  readonly permission: Permission
  readonly fields: Fields
  readonly given?: z.ZodRawShape
  readonly refuse?: (input: Record<string, unknown>) => Refusal | null
}): Form {
  const shape = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.schema]))
  const object = z.object({ ...shape, ...given })
  const schema =
    refuse === undefined
      ? object
      : object.superRefine((input, context) => {
          const refusal = refuse(input)
          if (refusal !== null)
            context.addIssue({ code: 'custom', path: refusal.path.split('.'), message: refusal.key })
        })
  return { path, noun, permission, fields, given, schema }
}

/** The key of a field's label. */
export function labelOf(form: Pick<Form, 'noun'>, name: string, field: Pick<Field, 'label'>): string {
  return field.label ?? `${form.noun}.${name}`
}

/** The key of a code's text. */
export function wordOf(label: string, field: { readonly words?: string }, code: string): string {
  return `${field.words ?? label}.${code}`
}

/** The fields that what was typed and given so far asks for. */
export function listAsked(form: Form, typed: Typed, given: Readonly<Record<string, unknown>> = {}): string[] {
  const known = { ...asTyped(given), ...typed }
  return Object.entries(form.fields)
    .filter(([, field]) => field.when?.(known) ?? true)
    .map(([name]) => name)
}

/** What was typed, as the command takes it. Fields that are not asked are left out, and so are optional ones without a text. */
export function readTyped(
  form: Form,
  typed: Typed,
  given: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> {
  const input: Record<string, unknown> = { ...given }
  for (const name of listAsked(form, typed, given)) {
    const field = form.fields[name]
    if (name in given) continue
    const text = (typed[name] ?? '').trim()
    if (field === undefined || (text === '' && field.optional && field.kind !== 'check' && field.kind !== 'many'))
      continue
    input[name] = field.read(text)
  }
  return input
}

/** What a record holds, as it is typed: the fields that have its columns' names. */
export function writeTyped(form: Pick<Form, 'fields'>, record: object): Record<string, string> {
  return Object.fromEntries(
    Object.entries(form.fields).flatMap(([name, field]) =>
      name in record ? [[name, writeValue(field, Reflect.get(record, name))]] : [],
    ),
  )
}

function writeValue({ kind }: Field, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (kind === 'yuan') return String(Number(value) / 100)
  if (Array.isArray(value)) return value.join(kind === 'many' ? ',' : '\n')
  if (kind === 'check') return value === true ? 'yes' : ''
  return String(value)
}

/** What the page gives stands there as if it was typed, so that conditions of other fields see it. */
function asTyped(given: Readonly<Record<string, unknown>>): Typed {
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]))
}
