import { Link } from '@remix-run/react'
import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useTableQuery } from '../../address.ts'
import { exportsOf } from '../../table-export.ts'
import type { Body, BodyBelow, Tree } from './body.ts'
import { childReaders } from './child-readers.ts'
import { keepChoice, useGoToBody } from './side.tsx'

/** The bodies directly below. */
export function ChildTable(props: { readonly body: Body; readonly bodies: readonly BodyBelow[]; readonly tree: Tree }) {
  const { body, bodies, tree } = props
  const text = useText()
  const go = useGoToBody()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery(tree === 'line' ? 'guided' : 'children')
  const file = new URLSearchParams(params)
  if (tree === 'line') file.set('tree', tree)
  else file.delete('tree')
  const title = text(tree === 'line' ? 'body.children.line' : 'body.children')
  const levels = [...new Set(bodies.map(({ level }) => level))]
  const kinds = [...new Set(bodies.map(({ kind }) => kind))]
  const read = (key: (typeof childReaders)[number]['key']) =>
    childReaders.find((reader) => reader.key === key)?.value ?? (() => null)
  const columns: readonly DataColumn<BodyBelow>[] = [
    {
      key: 'name',
      title: text('body.children.name'),
      value: read('name'),
      render: ({ code, name }) => (
        <Link to={{ pathname: `/bodies/${encodeURIComponent(code)}`, search: keepChoice(params) }}>{name}</Link>
      ),
    },
    { key: 'code', title: text('body.code'), value: read('code') },
    {
      key: 'level',
      title: text('body.level'),
      value: read('level'),
      render: ({ level }) => text(`bodies.level.${level}`),
      ...(levels.length > 1
        ? { filters: levels.map((level) => ({ value: level, label: text(`bodies.level.${level}`) })) }
        : {}),
    },
    {
      key: 'kind',
      title: text('body.kind'),
      value: read('kind'),
      render: ({ kind }) => text(`bodies.kind.${kind}`),
      ...(kinds.length > 1
        ? { filters: kinds.map((kind) => ({ value: kind, label: text(`bodies.kind.${kind}`) })) }
        : {}),
    },
    { key: 'below', title: text('body.children.below'), value: read('below'), figure: true },
  ]
  return (
    <section className="panel">
      <h3>{title}</h3>
      {bodies.length === 0 ? (
        <EmptyState title={text('body.children.none')} />
      ) : (
        <DataTable
          label={text('body.children.list', { name: body.name })}
          rows={bodies}
          rowKey={({ code }) => code}
          columns={columns}
          query={query}
          onQuery={setQuery}
          exports={exportsOf(`/bodies/${encodeURIComponent(body.code)}/export.csv`, file)}
          onOpen={({ code }) => go(code)}
        />
      )}
    </section>
  )
}
