import { z } from 'zod'

/** How a field is asked. */
export type FieldKind = 'line' | 'lines' | 'date' | 'whole' | 'yuan' | 'choice' | 'many' | 'check' | 'find'

/** What was typed in a form so far, by the name of the field; a tick is "yes" or "". */
export type Typed = Readonly<Record<string, string>>

/**
 * One field of a form, declared once: the server's check, the browser's check, the control and its limits follow from it. `Schema`
 * checks the value as it is sent.
 */
export type Field<Schema extends z.ZodType = z.ZodType> = {
  readonly kind: FieldKind
  readonly schema: Schema
  readonly optional: boolean
  /** The key of its label; where nothing is said, `<form's noun>.<field>`. */
  readonly label?: string
  readonly hint?: string
  /** What stands there at first. Of a date, `today`: the day by the server's clock. */
  readonly initial?: string
  /** The longest text. */
  readonly maxLength?: number
  /** The values of a choice, in the order in which they are offered. */
  readonly codes?: readonly string[]
  /** The key of a code's text is `<words>.<code>`; where nothing is said, `<label>.<code>`. */
  readonly words?: string
  /** `find`: which register is searched. */
  readonly register?: string
  /** Left out of the question unless what was typed so far asks for it. */
  readonly when?: (typed: Typed) => boolean
  /** The value as it is sent; undefined leaves it out. */
  readonly read: (typed: string) => unknown
}

type Shown = Pick<Field, 'label' | 'hint' | 'initial' | 'when'>
/** The given settings without those that are not given, as `exactOptionalPropertyTypes` wants them. */
type Settings<More = unknown> = Shown & More

const kept = ({ label, hint, initial, when }: Shown): Shown => ({
  ...(label === undefined ? {} : { label }),
  ...(hint === undefined ? {} : { hint }),
  ...(initial === undefined ? {} : { initial }),
  ...(when === undefined ? {} : { when }),
})

const plain = (typed: string) => typed.normalize('NFKC').replaceAll(/[,\s]/g, '')

/** A whole number as people type it; NaN, which the check refuses beside its field, for anything else: missing is not 0. */
export function readWhole(typed: string): number {
  const text = plain(typed)
  return /^\d+$/.test(text) ? Number(text) : Number.NaN
}

/** Yuan with up to two digits after the point, as fen; NaN for anything else. */
export function readFen(typed: string): number {
  const found = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(plain(typed))
  return found === null ? Number.NaN : Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0'))
}

/** A text of one line. An optional one that is left out is empty. */
export function line(settings: Settings<{ readonly max: number; readonly min?: number }>) {
  const schema = z
    .string()
    .trim()
    .min(settings.min ?? 1)
    .max(settings.max)
  return { ...kept(settings), kind: 'line', schema, optional: false, maxLength: settings.max, read: asText } as const
}

/** A text of one line that may stay empty. */
export function optionalLine(settings: Settings<{ readonly max: number }>) {
  const schema = z.string().trim().max(settings.max).default('')
  return { ...kept(settings), kind: 'line', schema, optional: true, maxLength: settings.max, read: asText } as const
}

/** A text of several lines. */
export function lines(settings: Settings<{ readonly max: number; readonly min?: number }>) {
  const schema = z
    .string()
    .trim()
    .min(settings.min ?? 1)
    .max(settings.max)
  return { ...kept(settings), kind: 'lines', schema, optional: false, maxLength: settings.max, read: asText } as const
}

/** A text of several lines that may stay empty. */
export function optionalLines(settings: Settings<{ readonly max: number }>) {
  const schema = z.string().trim().max(settings.max).default('')
  return { ...kept(settings), kind: 'lines', schema, optional: true, maxLength: settings.max, read: asText } as const
}

/** Several short texts, one on each line. */
export function each(settings: Settings<{ readonly min: number; readonly max: number; readonly most: number }>) {
  const schema = z.array(z.string().trim().min(settings.min).max(settings.max)).min(1).max(settings.most)
  const maxLength = settings.most * (settings.max + 1)
  return { ...kept(settings), kind: 'lines', schema, optional: false, maxLength, read: readEach } as const
}

/** A day, `2026-11-29`. */
export function date(settings: Settings = {}) {
  return { ...kept(settings), kind: 'date', schema: z.iso.date(), optional: false, read: asText } as const
}

/** A whole number within limits. */
export function whole(settings: Settings<{ readonly min: number; readonly max: number }>) {
  const schema = z.int().min(settings.min).max(settings.max)
  return { ...kept(settings), kind: 'whole', schema, optional: false, maxLength: 12, read: readWhole } as const
}

/** A whole number that may be unknown: null. */
export function optionalWhole(settings: Settings<{ readonly min: number; readonly max: number }>) {
  const schema = z.int().min(settings.min).max(settings.max).nullable().default(null)
  return { ...kept(settings), kind: 'whole', schema, optional: true, maxLength: 12, read: readWhole } as const
}

/** An amount in yuan, sent in fen. */
export function yuan(settings: Settings<{ readonly maxFen: number }>) {
  const schema = z.int().min(0).max(settings.maxFen)
  return { ...kept(settings), kind: 'yuan', schema, optional: false, maxLength: 16, read: readFen } as const
}

/** One value of a code list. */
export function choice<const Codes extends readonly [string, ...string[]]>(
  codes: Codes,
  settings: Settings<{ readonly words?: string }> = {},
) {
  return {
    ...kept(settings),
    ...(settings.words === undefined ? {} : { words: settings.words }),
    kind: 'choice',
    codes,
    schema: z.enum(codes),
    optional: false,
    read: asText,
  } as const
}

/** Any number of values of a code list. */
export function many<const Codes extends readonly [string, ...string[]]>(
  codes: Codes,
  settings: Settings<{ readonly words?: string; readonly min?: number }> = {},
) {
  const schema = z.array(z.enum(codes)).min(settings.min ?? 0)
  return {
    ...kept(settings),
    ...(settings.words === undefined ? {} : { words: settings.words }),
    kind: 'many',
    codes,
    schema,
    optional: (settings.min ?? 0) === 0,
    read: readMany,
  } as const
}

/** Yes or no. */
export function check(settings: Settings = {}) {
  return {
    ...kept(settings),
    kind: 'check',
    schema: z.boolean(),
    optional: true,
    read: (typed: string) => typed === 'yes',
  } as const
}

/** Something out of a register, by its number. */
export function find(register: string, settings: Settings = {}) {
  return {
    ...kept(settings),
    kind: 'find',
    register,
    schema: z.int().positive(),
    optional: false,
    // Nothing chosen is no number: the check says so beside the field.
    read: (typed: string) => (typed === '' ? Number.NaN : Number(typed)),
  } as const
}

/** Something out of a register, or nothing. */
export function optionalFind(register: string, settings: Settings = {}) {
  return {
    ...find(register, settings),
    schema: z.int().positive().optional(),
    read: (typed: string) => (typed === '' ? undefined : Number(typed)),
  } as const
}

function asText(typed: string): string {
  return typed
}

/** The codes that were ticked. */
export function readMany(typed: string): string[] {
  return typed.split(',').filter((code) => code !== '')
}

/** One text for each line. */
export function readEach(typed: string): string[] {
  return typed
    .split('\n')
    .map((text) => text.trim())
    .filter((text) => text !== '')
}
