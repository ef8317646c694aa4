import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable, toFigure } from '../../../table-file.ts'
import { nameMeasure, nameUnit } from '../figure.ts'

/**
 * `GET /targets/items/:itemId/export.csv` and `.xlsx`: name first, share last, so that the two columns pasted back into the editor are read as
 * what they were.
 */
export async function loader(args: LoaderFunctionArgs) {
  const body = new URL(args.request.url).searchParams.get('body')
  const itemId = Number(args.params['itemId'])
  const { locale } = args.context
  const { view, lastYear } = await ask(args, async (api) => {
    const split = await api.targets.getSplit({ itemId, ...(body === null ? {} : { body }) })
    const own = split.body.id === args.context.visitor?.tenantId
    return { view: split, lastYear: own ? await api.targets.readBasis({ itemId }) : null }
  })
  const { measure } = view.item
  const past = new Map(lastYear?.figures.map((figure) => [figure.bodyId, figure.value]))
  const write = (value: number | null | undefined) => toFigure(value, measure.scale)
  const unit = nameUnit(measure, locale)
  return sendTable(
    args,
    `${view.plan.name} ${nameMeasure(measure, locale)}`,
    [
      { title: translate(locale, 'split.body'), value: (row) => row.body.name },
      { title: translate(locale, 'targets.body.code'), value: (row) => row.body.code },
      { title: `${translate(locale, 'split.lastYear')} (${unit})`, value: (row) => write(past.get(row.body.id)) },
      {
        title: translate(locale, 'split.state'),
        value: (row) =>
          row.share === null
            ? translate(locale, 'targets.row.none')
            : translate(locale, `states.allocation.${row.share.state}`),
      },
      {
        title: `${translate(locale, 'split.counter')} (${unit})`,
        value: (row) => (row.share?.state === 'disputed' ? write(row.share.counterValue) : null),
      },
      {
        title: translate(locale, 'targets.reason'),
        value: (row) => (row.share?.state === 'disputed' ? row.share.reason : ''),
      },
      { title: translate(locale, 'targets.exemption'), value: (row) => row.share?.exemption ?? '' },
      { title: `${translate(locale, 'split.share')} (${unit})`, value: (row) => write(row.share?.value) },
    ],
    view.rows,
  )
}
