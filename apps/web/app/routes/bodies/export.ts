import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../ask.ts'
import { readEveryPage } from '../../every-page.ts'
import { sendTable } from '../../table-file.ts'
import { selectTableRows } from '../../table-export.ts'
import { childReaders } from './child-readers.ts'
import { readTree } from './body.ts'

/** `GET /bodies/:code/export.csv` and `.xlsx`: the bodies directly below, as the table shows them. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const { locale } = args.context
  const hierarchy = readTree(searchParams)
  const code = args.params['code'] ?? ''
  const { body, below } = await ask(args, async (api) => ({
    body: await api.bodies.getFederation({ code }),
    below: await readEveryPage((part) => api.bodies.listChildren({ code, hierarchy, ...part })),
  }))
  const rows = selectTableRows(below, childReaders, searchParams, hierarchy === 'line' ? 'guided' : 'children')
  return sendTable(
    args,
    translate(locale, 'body.export', { name: body.name }),
    [
      { title: translate(locale, 'body.code'), value: ({ code }) => code },
      { title: translate(locale, 'body.children.name'), value: ({ name }) => name },
      { title: translate(locale, 'body.level'), value: ({ level }) => translate(locale, `bodies.level.${level}`) },
      { title: translate(locale, 'body.kind'), value: ({ kind }) => translate(locale, `bodies.kind.${kind}`) },
      { title: translate(locale, 'body.children.below'), value: ({ childCount }) => childCount },
      { title: translate(locale, 'body.since'), value: ({ validFrom }) => validFrom },
    ],
    rows,
  )
}
