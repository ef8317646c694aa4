import type { LoaderFunctionArgs } from '@remix-run/node'
import { ask } from '../../ask.ts'
import { readWorkingPeriod } from '../reports/addresses.ts'
import { listHits } from './hits.ts'

const most = 12

/** `GET /search?q=`: what Ctrl-K finds. Empty for nobody, rather than a redirect that a script would follow. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const text = (searchParams.get('q') ?? '').trim().slice(0, 100)
  const { visitor, locale, now } = args.context
  if (!visitor || visitor.mustChangePassword || visitor.mustEnrol || text === '') return { hits: [] }
  const year = Number(readWorkingPeriod(searchParams, now).slice(0, 4))
  const hits = await ask(args, async (api) => {
    const work = await api.search.findWork({ text, year })
    const records = await api.search.findRecords({ text: text.slice(0, 60) })
    const bodies = await api.bodies.searchFederations({ text, limit: most })
    return listHits(work, records, bodies, locale, now)
  })
  return { hits }
}
