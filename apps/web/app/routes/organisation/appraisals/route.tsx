import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { readTableQuery, useText } from '@gonglian/ui'
import { useState } from 'react'
import { useAddress } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { useMay } from '../../../may.ts'
import { mayDo } from '@gonglian/tenancy/permissions'
import { titlePage } from '../../../titles.ts'
import registers from '../../../styles/registers.css?url'
import { readYear } from '../day.ts'
import { Share } from '../share.tsx'
import { YearSteps } from '../../../year-steps.tsx'
import { AppraisalTable } from './appraisal-table.tsx'
import type { Slips } from './appraisal.ts'
import { OpenAppraisal } from './open-appraisal.tsx'
import { SlipSheet } from './slip-sheet.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: registers }]
export const meta = titlePage('appraisals.title')

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const query = readTableQuery(searchParams, 'appraisals')
  const year = readYear(args)
  const isMissing = searchParams.get('missing') === 'yes'
  return ask(args, async (api) => ({
    year,
    isMissing,
    own: args.context.visitor?.tenantId ?? null,
    candidates: mayDo(args.context.visitor?.roles ?? [], 'organisation:write')
      ? await api.appraisals.listGroupCandidates()
      : [],
    list: await api.appraisals.listAppraisals({
      year,
      isMissing,
      search: query.search.trim().slice(0, 80),
      page: query.page,
      pageSize: query.size,
    }),
  }))
}

/** The members’ appraisal of their unions: opened, voted on paper slips, counted, published, filed. */
export default function AppraisalsPage() {
  const { year, isMissing, own, candidates, list } = useLoaderData<typeof loader>()
  const text = useText()
  const may = useMay()
  const { change } = useAddress()
  const [slips, setSlips] = useState<Slips | null>(null)
  if (slips !== null) return <SlipSheet slips={slips} onClose={() => setSlips(null)} />
  const { sums } = list
  return (
    <div className="register">
      <div className="area-head">
        <div>
          <h1>{text('appraisals.title')}</h1>
          <p className="gl-hint">{text('appraisals.text')}</p>
        </div>
        <div className="acts">
          {may('organisation:write') ? <OpenAppraisal union={null} candidates={candidates} /> : null}
        </div>
      </div>
      <div className="shares">
        <Share
          label={text('appraisals.heldRate')}
          part={sums.held}
          whole={sums.unions}
          rate={sums.heldRate}
          of={text('appraisals.heldRate.of')}
        />
        <Share
          label={text('appraisals.satisfaction')}
          part={sums.satisfied + sums.basic}
          whole={sums.satisfied + sums.basic + sums.unsatisfied}
          rate={sums.satisfaction}
          of={text('appraisals.satisfaction.of')}
        />
      </div>
      <div className="register-head">
        <div className="gl-segments" role="group" aria-label={text('appraisals.which')}>
          {([false, true] as const).map((missing) => (
            <button
              key={String(missing)}
              type="button"
              aria-pressed={missing === isMissing}
              onClick={() => change({ missing: missing ? 'yes' : null, 'appraisals.page': null })}
            >
              {text(missing ? 'appraisals.missing' : 'appraisals.held')}
            </button>
          ))}
        </div>
        <YearSteps year={year} />
      </div>
      <AppraisalTable rows={list.rows} total={list.total} own={own} candidates={candidates} onSlips={setSlips} />
    </div>
  )
}
