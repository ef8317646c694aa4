import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { toAuditFilter, wordAudit } from './audit.ts'
import { formatMoment } from './moment.ts'

/** `GET /system/audit/export.csv` and `.xlsx`: the lines that the filters leave, as they are stored. The trail notes it. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const { locale } = args.context
  const filter = toAuditFilter(searchParams, readTableQuery(searchParams, 'audit'))
  const lines = await ask(args, (api) => api.audit.exportAudit(filter))
  return sendTable(
    args,
    translate(locale, 'audit.export'),
    [
      { title: translate(locale, 'audit.seq'), value: ({ seq }) => seq },
      { title: translate(locale, 'audit.at'), value: ({ at }) => formatMoment(at) },
      { title: translate(locale, 'audit.actor'), value: ({ actor }) => actor },
      { title: translate(locale, 'audit.actionTitle'), value: ({ action }) => wordAudit(locale, 'action', action) },
      {
        title: translate(locale, 'audit.object'),
        value: ({ objectKind, objectId }) => `${wordAudit(locale, 'object', objectKind)} ${objectId}`,
      },
      {
        title: translate(locale, 'audit.before'),
        value: ({ before }) => (before === null ? null : JSON.stringify(before)),
      },
      {
        title: translate(locale, 'audit.after'),
        value: ({ after }) => (after === null ? null : JSON.stringify(after)),
      },
      { title: translate(locale, 'audit.address'), value: ({ address }) => address },
      { title: translate(locale, 'audit.request'), value: ({ requestId }) => requestId },
    ],
    lines,
  )
}
