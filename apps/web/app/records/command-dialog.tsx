import {
  fieldErrors,
  labelOf,
  listAsked,
  readTyped,
  writeTyped,
  wordOf,
  type Field,
  type Form,
  type FormValues,
} from '@gonglian/records/declared'
import { getUntypedClient } from '@trpc/client'
import { ActDialog, type ActField } from '../act-dialog.tsx'
import type { ActFinder } from '../act-values.ts'
import { Refused } from '../client.ts'
import { useMay } from '../may.ts'
import { useWords, type Words } from './words.ts'

export type CommandDialogProps<F extends Form> = {
  readonly form: F
  /** What the page gives without asking: which record, which version. A field given here is not asked. */
  readonly given?: Partial<FormValues<F>>
  /** The key of the button; where nothing is said, that of the command: `visits.recordVisit`. */
  readonly label?: string
  readonly title?: string
  /** Said above the fields. */
  readonly text?: string
  /** What the fields hold at first, where it is not what they always hold. */
  readonly initial?: Readonly<Record<string, string>>
  /** The record that is changed: its fields hold at first what it holds. */
  readonly before?: object
  /** Where fields that search a register look. */
  readonly finders?: Readonly<Record<string, ActFinder>>
  readonly primary?: boolean
  readonly quiet?: boolean
  readonly wide?: boolean
  readonly onDone?: () => void
}

/** A button that asks what a declared command needs and runs it. */
export function CommandDialog<F extends Form>(props: CommandDialogProps<F>) {
  const {
    form,
    given = {},
    before,
    initial: own = {},
    finders = {},
    label = form.path,
    title,
    onDone,
    ...shown
  } = props
  const words = useWords()
  const may = useMay()
  if (!may(form.permission)) return null
  const initial = { ...(before === undefined ? {} : writeTyped(form, before)), ...own }
  const fields = Object.entries(form.fields)
    .filter(([name]) => !(name in given))
    .map(([name, field]) =>
      writeField(form, name, { ...field, ...pickInitial(initial[name]) }, { given, finders, words }),
    )
  return (
    <ActDialog
      {...shown}
      label={words(label)}
      title={title ?? words(label)}
      fields={fields}
      run={(api, typed) => {
        const input = readTyped(form, typed, given)
        refuseWrong(form, input, words)
        return getUntypedClient(api).mutation(form.path, input)
      }}
      {...(onDone === undefined ? {} : { onDone })}
    />
  )
}

/**
 * The rule of the server, asked here first: what is wrong is said beside its field without a way to the server, as the server would say it.
 *
 * @throws Refused
 */
function refuseWrong(form: Form, input: Readonly<Record<string, unknown>>, words: Words): void {
  const { error } = form.schema.safeParse(input)
  if (error === undefined) return
  throw new Refused({
    code: 'invalid',
    status: 400,
    key: 'errors.invalid',
    params: {},
    message: words('errors.invalid'),
    fields: fieldErrors(error).map((one) => ({ ...one, message: words(one.key, one.params) })),
    requestId: '',
  })
}

const pickInitial = (initial: string | undefined) => (initial === undefined ? {} : { initial })
const kinds = {
  line: 'text',
  lines: 'lines',
  date: 'date',
  whole: 'number',
  yuan: 'number',
  choice: 'choice',
  many: 'many',
  check: 'check',
  find: 'find',
} as const satisfies Record<Field['kind'], ActField['kind']>

type Around = {
  readonly given: Readonly<Record<string, unknown>>
  readonly finders: Readonly<Record<string, ActFinder>>
  readonly words: Words
}

function writeField(form: Form, name: string, field: Field, { given, finders, words }: Around): ActField {
  const label = labelOf(form, name, field)
  const find = field.register === undefined ? undefined : finders[field.register]
  if (field.register !== undefined && find === undefined)
    throw new Error(`${form.path}: nothing searches ${field.register}`)
  return {
    name,
    label: words(label),
    kind: kinds[field.kind],
    optional: field.optional,
    ...(field.hint === undefined ? {} : { hint: words(field.hint) }),
    ...(field.initial === undefined ? {} : { initial: field.initial }),
    ...(field.maxLength === undefined ? {} : { maxLength: field.maxLength }),
    ...(field.codes === undefined
      ? {}
      : { options: field.codes.map((code) => ({ value: code, label: words(wordOf(label, field, code)) })) }),
    ...(find === undefined ? {} : { find }),
    // The same condition that decides what is sent.
    when: (typed) => listAsked(form, typed, given).includes(name),
  }
}
