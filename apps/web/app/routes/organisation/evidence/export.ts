import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { nameMedia, type Evidence } from './evidence.ts'

const pageSize = 200

/** `GET /organisation/evidence/export.csv` and `.xlsx`: what the body has stored, without the files. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const rows = await ask(args, async (api) => {
    const gathered: Evidence[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.checklists.listEvidence({ page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    translate(locale, 'evidence.title'),
    [
      { title: translate(locale, 'evidence.file'), value: ({ fileName }) => fileName },
      { title: translate(locale, 'evidence.media'), value: ({ mediaType }) => nameMedia(mediaType) },
      { title: translate(locale, 'evidence.by'), value: ({ storedBy }) => storedBy },
      { title: translate(locale, 'evidence.at'), value: ({ storedAt }) => storedAt.toISOString() },
    ],
    rows,
  )
}
