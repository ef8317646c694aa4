import type { Caller } from '@gonglian/api'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { readListAddress, type View } from '@gonglian/records/declared'
import type { ReactNode } from 'react'
import { ask } from '../ask.ts'
import type { ListRow } from './list-columns.ts'
import { RecordList, type RecordListProps } from './record-list.tsx'
import { useWords } from './words.ts'

/** The loader of a page that shows a declared list. */
export function loadList<V extends View, Page>(
  view: V,
  read: (api: Caller, question: ReturnType<typeof readListAddress>) => Promise<Page>,
) {
  return async (args: LoaderFunctionArgs) => {
    const question = readListAddress(view, new URL(args.request.url).searchParams)
    return { page: await ask(args, (api) => read(api, question)), bodyId: args.context.visitor?.tenantId ?? 0 }
  }
}

type ListPageProps<Row> = RecordListProps<Row> & {
  /** Links to what stands beside it. */
  readonly before?: ReactNode
  /** What can be done here, beside the title. */
  readonly act?: ReactNode
}

type ListSectionProps<Row> = RecordListProps<Row> & { readonly act?: ReactNode }

/** A list among others on a page: its title, what can be done, what it is for, the list. */
export function ListSection<Row extends ListRow & { readonly id: number }>({ act, ...list }: ListSectionProps<Row>) {
  const words = useWords()
  return (
    <section>
      <div className="register-head">
        <div>
          <h2>{words(`${list.view.noun}.title`)}</h2>
          <p className="gl-hint">{words(`${list.view.noun}.text`)}</p>
        </div>
        {act}
      </div>
      <RecordList {...list} />
    </section>
  )
}

/** A page that is a list: its title, what it is for, what can be done, the list. */
export function ListPage<Row extends ListRow & { readonly id: number }>({ before, act, ...list }: ListPageProps<Row>) {
  const words = useWords()
  const { noun } = list.view
  return (
    <>
      {before}
      <div className="area-head">
        <div>
          <h1>{words(`${noun}.title`)}</h1>
          <p className="gl-hint">{words(`${noun}.text`)}</p>
        </div>
        {act}
      </div>
      <RecordList {...list} />
    </>
  )
}
