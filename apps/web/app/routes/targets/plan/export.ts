import type { LoaderFunctionArgs } from '@remix-run/node'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable, toFigure } from '../../../table-file.ts'
import { nameMeasure, nameUnit } from '../figure.ts'
import { countAnswers, filterAspects, isRoot, readShow } from './items.ts'

/** `GET /targets/:planId/export.csv` and `.xlsx`: the items as the page shows them, figures ready to calculate with. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const body = searchParams.get('body')
  const view = await ask(args, (api) =>
    api.targets.getPlan({ planId: Number(args.params['planId']), ...(body === null ? {} : { body }) }),
  )
  const { locale } = args.context
  const filter = { search: searchParams.get('q') ?? '', show: readShow(searchParams.get('show')) }
  const items = filterAspects(view.aspects, filter).flatMap((aspect) => aspect.items)
  return sendTable(
    args,
    view.plan.name,
    [
      { title: translate(locale, 'targets.aspect'), value: (item) => item.aspect },
      { title: translate(locale, 'targets.item'), value: (item) => nameMeasure(item.measure, locale) },
      { title: translate(locale, 'targets.unit'), value: (item) => nameUnit(item.measure, locale) },
      {
        title: translate(locale, 'targets.method'),
        value: (item) => translate(locale, `targets.method.${item.method}`),
      },
      { title: translate(locale, 'targets.weight.in'), value: (item) => toFigure(item.weight, 2) },
      { title: translate(locale, 'targets.value'), value: (item) => toFigure(item.share?.value, item.measure.scale) },
      { title: translate(locale, 'targets.allocated'), value: (item) => toFigure(item.allocated, item.measure.scale) },
      {
        title: translate(locale, 'targets.reserve'),
        value: (item) => toFigure(item.share?.reserve, item.measure.scale),
      },
      { title: translate(locale, 'targets.below.all'), value: (item) => item.children },
      { title: translate(locale, 'states.allocation.accepted'), value: (item) => countAnswers(item).accepted },
      { title: translate(locale, 'states.allocation.signed'), value: (item) => countAnswers(item).signed },
      { title: translate(locale, 'states.allocation.disputed'), value: (item) => countAnswers(item).disputed },
      {
        title: translate(locale, 'targets.own'),
        value: (item) =>
          item.share === null || isRoot(item) ? '' : translate(locale, `states.allocation.${item.share.state}`),
      },
      { title: translate(locale, 'targets.accountable'), value: (item) => item.accountable },
      { title: translate(locale, 'targets.note'), value: (item) => item.note },
    ],
    items,
  )
}
