import { declareApprovals } from '@gonglian/approvals'
import { organisation } from '@gonglian/organisation'
import { listDeclared } from '@gonglian/records'
import { labelOf, titleOf, wordOf } from '@gonglian/records/declared'
import { messages as english } from '@gonglian/domains/texts/en'
import { messages as chinese } from '@gonglian/domains/texts/zh-CN'
import { expect, test } from 'vitest'
import { findView } from './views.ts'

const domains = [organisation, declareApprovals(new Map())]
const lists = listDeclared(domains, 'list')
const commands = listDeclared(domains, 'command')
const codesOf = (label: string, one: { readonly codes?: readonly string[]; readonly words?: string }) =>
  (one.codes ?? []).map((code) => wordOf(label, one, code))

test.each(lists.map((list) => [list.view.path, list] as const))(
  'every word of the list %s is written',
  (path, { view, sums }) => {
    const { noun, columns, facet } = view
    const keys = [
      ...['title', 'text', 'empty', 'empty.text'].map((word) => `${noun}.${word}`),
      ...(sums === undefined ? [] : [`${noun}.sums`]),
      ...(facet === undefined ? [] : [`${noun}.facet`, facet.text]),
      ...Object.entries(columns).flatMap(([name, column]) => {
        const title = titleOf(view, name, column)
        return column.shown ? [title, ...codesOf(title, column)] : []
      }),
    ]
    expect(keys.filter((key) => !(key in chinese && key in english))).toEqual([])
    // Its file and its print find it.
    expect(findView(path)).toBe(view)
  },
)

test.each(commands.map((command) => [command.form.path, command] as const))(
  'every word of the command %s is written, also in the audit trail',
  (path, { form, action, object }) => {
    const keys = [
      path,
      `audit.action.${action}`,
      `audit.object.${object}`,
      ...Object.entries(form.fields).flatMap(([name, field]) => {
        const label = labelOf(form, name, field)
        return [label, ...(field.hint === undefined ? [] : [field.hint]), ...codesOf(label, field)]
      }),
    ]
    expect(keys.filter((key) => !(key in chinese && key in english))).toEqual([])
  },
)
