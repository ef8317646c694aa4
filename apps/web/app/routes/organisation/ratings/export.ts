import type { LoaderFunctionArgs } from '@remix-run/node'
import { readTableQuery } from '@gonglian/ui'
import { translate } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { readBody } from '../../../body-filter.tsx'
import { sendTable, toFigure } from '../../../table-file.ts'
import { readNumber, readYear } from '../day.ts'
import { toListing, type RatingRow } from './rating.ts'

const pageSize = 200

/** `GET /organisation/ratings/export.csv` and `.xlsx`: every rating that search and filters leave. */
export async function loader(args: LoaderFunctionArgs) {
  const { locale } = args.context
  const { searchParams } = new URL(args.request.url)
  const listing = toListing(readTableQuery(searchParams, 'ratings'), searchParams.has('year') ? readYear(args) : null)
  const rows = await ask(args, async (api) => {
    const schemeId =
      readNumber(searchParams.get('scheme')) ?? (await api.ratings.listSchemes({ pageSize: 1 })).rows[0]?.schemeId
    const gathered: RatingRow[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.ratings.listRatings({
        ...listing,
        ...readBody(searchParams),
        ...(schemeId === undefined ? {} : { schemeId }),
        page,
        pageSize,
      })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return gathered
    }
  })
  return sendTable(
    args,
    translate(locale, 'ratings.title'),
    [
      { title: translate(locale, 'registers.union'), value: ({ unionName, bodyName }) => unionName ?? bodyName },
      {
        title: translate(locale, 'ratings.scheme'),
        value: ({ schemeZh, schemeEn }) => (locale === 'en' ? schemeEn : schemeZh),
      },
      { title: translate(locale, 'ratings.level'), value: ({ targetRank }) => targetRank },
      { title: translate(locale, 'registers.year'), value: ({ year }) => year },
      { title: translate(locale, 'ratings.quarter'), value: ({ quarter }) => quarter },
      { title: translate(locale, 'ratings.state'), value: ({ state }) => translate(locale, `ratings.state.${state}`) },
      { title: translate(locale, 'ratings.selfTotal'), value: ({ selfTotal }) => selfTotal },
      {
        title: translate(locale, 'ratings.reviewTotal'),
        value: ({ reviewTotal }) => toFigure(reviewTotal, 2),
      },
      { title: translate(locale, 'ratings.awardedOn'), value: ({ awardedOn }) => awardedOn },
      { title: translate(locale, 'registers.body'), value: ({ bodyName }) => bodyName },
    ],
    rows,
  )
}
