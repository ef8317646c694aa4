import type { RouterInputs } from '@gonglian/api'
import type { Translate } from '@gonglian/ui/messages'
import { z } from 'zod'
import type { ActField } from '../../../act-dialog.tsx'
import { readRows, readWhole, readWholeOrNull, type ActValues } from '../../../act-values.ts'
import { companionKinds } from '@gonglian/organisation/codes'

type JsonValue = RouterInputs['parameters']['setParameter']['value']

const Sizes = z.array(z.object({ upTo: z.number().nullable(), from: z.number(), to: z.number() })).min(1)
const Numbers = z.array(z.number()).min(1)
const Kinds = z.array(z.string()).min(1)
const Parts = z.record(z.string(), z.union([z.number(), Numbers]))

const partNames = [
  'from',
  'to',
  'basic',
  'federation',
  'chairs',
  'fullTimeVices',
  'partTimeVices',
  'institutionPosts',
] as const
const namePart = (name: string, text: Translate) => {
  const known = partNames.find((one) => one === name)
  return known ? text(`parameters.part.${known}`) : name
}

const readNumbers = (typed: string | undefined) =>
  (typed ?? '')
    .split(/[,，、\s]+/)
    .filter(Boolean)
    .map(readWhole)

export type ValueForm = { readonly fields: readonly ActField[]; readonly read: (values: ActValues) => JsonValue }

/** How a value of this shape is typed: read off the value in force, since the new one has its shape. Null: not on a page. */
export function formOfValue(value: unknown, text: Translate): ValueForm | null {
  const label = text('parameters.value')
  if (typeof value === 'number')
    return {
      fields: [{ name: 'value', label, kind: 'number', initial: String(value) }],
      read: ({ value: typed }) => readWhole(typed),
    }
  if (typeof value === 'string')
    return {
      fields: [{ name: 'value', label, kind: 'text', initial: value, maxLength: 200 }],
      read: ({ value: typed }) => typed ?? '',
    }
  if (typeof value === 'boolean')
    return {
      fields: [
        {
          name: 'value',
          label,
          kind: 'choice',
          initial: String(value),
          options: ['true', 'false'].map((one) => ({ value: one, label: writeFlag(one === 'true', text) })),
        },
      ],
      read: ({ value: typed }) => typed === 'true',
    }
  const sizes = Sizes.safeParse(value)
  if (sizes.success)
    return {
      fields: [
        {
          name: 'value',
          label,
          kind: 'rows',
          hint: text('parameters.sizes.hint'),
          initial: JSON.stringify(
            sizes.data.map(({ upTo, from, to }) => ({ upTo: String(upTo ?? ''), from: String(from), to: String(to) })),
          ),
          columns: [
            { name: 'upTo', label: text('parameters.sizes.upTo'), kind: 'number' },
            { name: 'from', label: text('parameters.part.from'), kind: 'number' },
            { name: 'to', label: text('parameters.part.to'), kind: 'number' },
          ],
        },
      ],
      read: ({ value: typed }) =>
        readRows(typed)
          .filter((row) => (row['from'] ?? '') !== '' || (row['to'] ?? '') !== '')
          .map((row) => ({
            upTo: readWholeOrNull(row['upTo']),
            from: readWhole(row['from']),
            to: readWhole(row['to']),
          })),
    }
  const numbers = Numbers.safeParse(value)
  if (numbers.success)
    return {
      fields: [
        { name: 'value', label, kind: 'text', initial: numbers.data.join(', '), hint: text('parameters.numbers.hint') },
      ],
      read: ({ value: typed }) => readNumbers(typed),
    }
  const kinds = Kinds.safeParse(value)
  if (kinds.success && kinds.data.every((one) => companionKinds.some((kind) => kind === one)))
    return {
      fields: companionKinds.map((kind) => ({
        name: kind,
        label: text(`unions.companion.${kind}`),
        kind: 'check',
        initial: kinds.data.includes(kind) ? 'yes' : '',
      })),
      read: (values) => companionKinds.filter((kind) => values[kind] === 'yes'),
    }
  const parts = Parts.safeParse(value)
  if (!parts.success) return null
  const entries = Object.entries(parts.data)
  return {
    fields: entries.map(([name, part]) => ({
      name,
      label: namePart(name, text),
      kind: typeof part === 'number' ? 'number' : 'text',
      initial: typeof part === 'number' ? String(part) : part.join(', '),
      paths: [`value.${name}`],
      ...(typeof part === 'number' ? {} : { hint: text('parameters.numbers.hint') }),
    })),
    read: (values) =>
      Object.fromEntries(
        entries.map(([name, part]) => [
          name,
          typeof part === 'number' ? readWhole(values[name]) : readNumbers(values[name]),
        ]),
      ),
  }
}

function writeFlag(flag: boolean, text: Translate): string {
  return flag ? text('parameters.yes') : text('parameters.no')
}

/** A value in a line, in words where its shape is known. */
export function writePlain(value: unknown, text: Translate): string {
  if (typeof value === 'boolean') return writeFlag(value, text)
  if (typeof value === 'number' || typeof value === 'string') return String(value)
  const sizes = Sizes.safeParse(value)
  if (sizes.success)
    return sizes.data
      .map(({ upTo, from, to }) =>
        upTo === null
          ? text('parameters.sizes.above', { from, to })
          : text('parameters.sizes.line', { upTo, from, to }),
      )
      .join(text('parameters.separator'))
  const kinds = Kinds.safeParse(value)
  if (kinds.success)
    return kinds.data
      .map((one) => {
        const kind = companionKinds.find((known) => known === one)
        return kind ? text(`unions.companion.${kind}`) : one
      })
      .join(text('parameters.comma'))
  const numbers = Numbers.safeParse(value)
  if (numbers.success) return numbers.data.join(text('parameters.comma'))
  const parts = Parts.safeParse(value)
  if (!parts.success) return text('parameters.entries', { count: Array.isArray(value) ? value.length : 1 })
  return Object.entries(parts.data)
    .map(
      ([name, part]) =>
        `${namePart(name, text)} ${typeof part === 'number' ? part : part.join(text('parameters.comma'))}`,
    )
    .join(text('parameters.separator'))
}
