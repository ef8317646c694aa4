import type { RouterInputs } from '@gonglian/api'
import { bodyLevels, type useText } from '@gonglian/ui'
import type { ActField, ActValues } from '../../act-dialog.tsx'
import { readMany } from '../../act-values.ts'
import type { Api } from '../../act.ts'
import type { Body } from './body.ts'

type Text = ReturnType<typeof useText>
export type PlanInput = RouterInputs['bodies']['previewReorganisation']['plan']
export type Kind = PlanInput['kind']

/** What may be done with a body: below it a new one is opened; everything else is for whoever stands above. */
export const kinds = ['open', 'rename', 'move', 'merge', 'split', 'close'] as const satisfies readonly Kind[]

export type Subject = {
  readonly body: Pick<Body, 'code' | 'name' | 'level' | 'kind'>
  readonly children: readonly Pick<Body, 'code' | 'name'>[]
  readonly firstDay: string
  readonly today: string
}

/** Bodies in sight by name, code or initials; also by names they had. */
async function findBodies(api: Api, search: string) {
  if (search === '') return []
  const found = await api.bodies.searchFederations.query({ text: search, limit: 20 })
  return found.map(({ code, name, path }) => ({ value: code, label: path === '' ? name : `${name} (${path})` }))
}

/** The fields of a kind of change, named as the plan names them: a refusal finds its field by that. */
export function listFields(text: Text, kind: Kind, { body, children, firstDay, today }: Subject): ActField[] {
  const find = (name: string, label: string, hint?: string): ActField => ({
    name,
    label,
    kind: 'find',
    find: findBodies,
    ...(hint === undefined ? {} : { hint }),
  })
  const code: ActField = { name: 'code', label: text('reorganisation.code'), kind: 'text', maxLength: 24, plain: true }
  const newName: ActField = { name: 'name', label: text('reorganisation.newBody'), kind: 'text', maxLength: 120 }
  const own: Record<Kind, readonly ActField[]> = {
    open: [
      code,
      newName,
      {
        name: 'level',
        label: text('reorganisation.level'),
        kind: 'choice',
        initial: bodyLevels[Math.min(bodyLevels.indexOf(body.level) + 1, bodyLevels.length - 1)] ?? 'township',
        options: bodyLevels.map((level) => ({ value: level, label: text(`bodies.level.${level}`) })),
      },
      {
        name: 'bodyKind',
        label: text('reorganisation.bodyKind'),
        kind: 'choice',
        initial: 'regional',
        options: (['regional', 'industry'] as const).map((one) => ({ value: one, label: text(`bodies.kind.${one}`) })),
      },
      { ...find('lineParent', text('reorganisation.lineParent')), when: (values) => values['bodyKind'] === 'industry' },
    ],
    rename: [{ name: 'name', label: text('reorganisation.name'), kind: 'text', maxLength: 120, initial: body.name }],
    move: [
      {
        name: 'hierarchy',
        label: text('reorganisation.hierarchy'),
        kind: 'choice',
        initial: 'regional',
        options: (['regional', 'line'] as const).map((one) => ({ value: one, label: text(`body.tree.${one}`) })),
        when: () => body.kind === 'industry',
      },
      { ...find('parent', text('reorganisation.parent')), paths: ['parentId', 'body'] },
    ],
    merge: [
      {
        name: 'target',
        label: text('reorganisation.target'),
        kind: 'choice',
        initial: 'existing',
        options: (['existing', 'new'] as const).map((one) => ({
          value: one,
          label: text(`reorganisation.target.${one}`),
        })),
      },
      {
        ...find('into', text('reorganisation.into')),
        when: (values) => values['target'] !== 'new',
        paths: ['parentId'],
      },
      { ...code, name: 'newCode', paths: ['code', 'into'], when: (values) => values['target'] === 'new' },
      { ...newName, when: (values) => values['target'] === 'new' },
      {
        name: 'others',
        label: text('reorganisation.others'),
        kind: 'lines',
        optional: true,
        hint: text('reorganisation.others.hint'),
        paths: ['bodies'],
      },
    ],
    split: [
      code,
      newName,
      {
        name: 'children',
        label: text('reorganisation.children'),
        kind: 'many',
        options: children.map((child) => ({ value: child.code, label: child.name })),
      },
    ],
    close: [{ ...find('successor', text('reorganisation.successor')), paths: ['body'], optional: true }],
  }
  return [
    ...own[kind],
    {
      name: 'day',
      label: text('reorganisation.day'),
      kind: 'date',
      initial: today,
      hint: text('reorganisation.day.hint', { from: firstDay }),
      paths: ['from'],
    },
    { name: 'reason', label: text('reorganisation.reason'), kind: 'text', maxLength: 200 },
    {
      name: 'documentNumber',
      label: text('reorganisation.document'),
      kind: 'text',
      maxLength: 60,
      optional: true,
      hint: text('reorganisation.document.hint'),
    },
  ]
}

const isLevel = (value: string | undefined) => bodyLevels.find((level) => level === value) ?? 'township'

/** The plan that was typed; what is missing the API refuses beside its field. */
export function readPlan(kind: Kind, code: string, values: ActValues): PlanInput {
  const typed = (name: string) => values[name] ?? ''
  const grounds = { day: typed('day'), reason: typed('reason'), documentNumber: typed('documentNumber') }
  switch (kind) {
    case 'open':
      return {
        kind,
        ...grounds,
        code: typed('code'),
        name: typed('name'),
        level: isLevel(values['level']),
        bodyKind: typed('bodyKind') === 'industry' ? 'industry' : 'regional',
        parent: code,
        ...(typed('lineParent') === '' ? {} : { lineParent: typed('lineParent') }),
      }
    case 'rename':
      return { kind, ...grounds, body: code, name: typed('name') }
    case 'move':
      return {
        kind,
        ...grounds,
        body: code,
        parent: typed('parent'),
        hierarchy: typed('hierarchy') === 'line' ? 'line' : 'regional',
      }
    case 'merge': {
      const others = typed('others')
        .split(/[\s,，、;；]+/u)
        .filter((one) => one !== '')
      const isNew = typed('target') === 'new'
      return {
        kind,
        ...grounds,
        bodies: [code, ...others],
        into: typed(isNew ? 'newCode' : 'into'),
        ...(isNew ? { name: typed('name') } : {}),
      }
    }
    case 'split':
      return {
        kind,
        ...grounds,
        body: code,
        code: typed('code'),
        name: typed('name'),
        children: readMany(values['children']),
      }
    case 'close':
      return { kind, ...grounds, body: code, ...(typed('successor') === '' ? {} : { successor: typed('successor') }) }
  }
}
