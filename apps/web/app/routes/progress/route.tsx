import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useRevalidator, type ShouldRevalidateFunction } from '@remix-run/react'
import { EmptyState, formatPercent, formatPeriod, useLocale, useText } from '@gonglian/ui'
import { useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import { useAddress } from '../../address.ts'
import { ask } from '../../ask.ts'
import { useLiveEvent } from '../../live.tsx'
import progressStyles from '../../styles/progress.css?url'
import { titlePage } from '../../titles.ts'
import { BoardTable } from './board-table.tsx'
import { CellPanel } from './cell-panel.tsx'
import { findBoardPeriod, type BoardRow } from './choice.ts'
import { HeatTable } from './heat-table.tsx'
import { RateBars } from './rate-bars.tsx'
import { ScheduleCurve } from './schedule-curve.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: progressStyles }]
export const meta = titlePage('progress.title')

const Moved = z.object({ tenantId: z.int(), formId: z.int(), period: z.string() })
const views = ['list', 'heat'] as const
/** What the loader reads of the address; the rest is the table's own state. */
const questions = ['item', 'period', 'body'] as const
/** A burst of accepted reports makes one reload. */
const gatherMs = 300

export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const period = findBoardPeriod(searchParams.get('period'), args.context.now)
  const asked = Number(searchParams.get('item'))
  const body = searchParams.get('body') ?? undefined
  return ask(args, async (api) => {
    const page = await api.progress.openBoard({
      period,
      ...(Number.isSafeInteger(asked) && asked > 0 ? { itemId: asked } : {}),
      ...(body === undefined ? {} : { body }),
    })
    return { period, chosen: page.choices.find((choice) => choice.id === page.board?.item.id) ?? null, ...page }
  })
}

/** Sorting, opening a row or changing the view asks the server nothing anew. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ currentUrl, nextUrl, defaultShouldRevalidate }) => {
  const isSamePage = currentUrl.pathname === nextUrl.pathname && currentUrl.search !== nextUrl.search
  if (!isSamePage) return defaultShouldRevalidate
  return questions.some((name) => currentUrl.searchParams.get(name) !== nextUrl.searchParams.get(name))
}

export default function ProgressPage() {
  const { period, choices, chosen, board, line } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const { params, change } = useAddress()
  const [opened, setOpened] = useState<BoardRow | null>(null)
  const moved = useMovedBodies(board?.form?.id ?? null)
  if (!board || !chosen) {
    return (
      <>
        <h1>{text('progress.title')}</h1>
        <EmptyState title={text('progress.empty.title')} text={text('progress.empty.text')} />
      </>
    )
  }
  const linkTo = (changes: Readonly<Record<string, string | null>>) => {
    const next = new URLSearchParams(params)
    for (const [name, value] of Object.entries({ item: String(chosen.id), ...changes })) {
      if (value === null) next.delete(name)
      else next.set(name, value)
    }
    return `?${next.toString()}`
  }
  const here = (code: string) => linkTo({ body: code, open: null })
  const view = params.get('view') === 'heat' ? 'heat' : 'list'
  return (
    <div className="progress-print-area">
      <div className="progress-head">
        <h1>{text('progress.title')}</h1>
        <label className="progress-pick">
          {text('progress.item')}
          <select
            className="gl-input"
            value={chosen.id}
            onChange={(event) => change({ item: event.target.value, open: null })}
          >
            {[...new Set(choices.map((choice) => choice.planId))].map((planId) => (
              <optgroup key={planId} label={choices.find((choice) => choice.planId === planId)?.planName ?? ''}>
                {choices
                  .filter((choice) => choice.planId === planId)
                  .map((choice) => (
                    <option key={choice.id} value={choice.id}>
                      {choice.aspect} · {locale === 'en' ? choice.nameEn : choice.nameZh}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
        </label>
        <span className="gl-hint">
          {text('progress.until', { period: formatPeriod(period, locale) })} ·{' '}
          {text('progress.schedule', { share: formatPercent(board.expectedShare, locale) })}
        </span>
        <div className="gl-segments" role="group" aria-label={text('progress.view')}>
          {views.map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={view === one}
              onClick={() => change({ view: one === 'list' ? null : one })}
            >
              {text(`progress.view.${one}`)}
            </button>
          ))}
        </div>
        <button type="button" className="gl-button progress-print" onClick={() => window.print()}>
          {text('progress.print')}
        </button>
      </div>
      <nav className="progress-line" aria-label={text('progress.up')}>
        {line.map((body, index) =>
          index === line.length - 1 ? (
            <strong key={body.code}>{body.name}</strong>
          ) : (
            <span key={body.code}>
              <Link to={here(body.code)}>{body.shortName}</Link> ›{' '}
            </span>
          ),
        )}
      </nav>
      {board.form ? null : <p className="gl-hint">{text('progress.noForm')}</p>}
      {view === 'heat' ? (
        <HeatTable
          board={board}
          linkToItem={(itemId) => linkTo({ item: String(itemId), view: null, open: null })}
          linkToBody={here}
        />
      ) : (
        <>
          <BoardTable
            board={board}
            moved={moved}
            linkOf={here}
            onOpen={setOpened}
            exportTo={`/progress/export.csv?${new URLSearchParams({ item: String(chosen.id), body: board.total.body.code, period }).toString()}`}
          />
          <div className="progress-charts">
            <ScheduleCurve key={`${chosen.id} ${board.total.body.code}`} board={board} />
            {board.rows.length > 1 ? <RateBars board={board} /> : null}
          </div>
        </>
      )}
      {opened ? (
        <CellPanel of={{ itemId: chosen.id }} period={period} body={opened.body} onClose={() => setOpened(null)} />
      ) : null}
    </div>
  )
}

/** Reloads the page's figures when totals of its form change, and tells for some seconds which bodies moved. */
function useMovedBodies(formId: number | null): ReadonlySet<number> {
  const { revalidate } = useRevalidator()
  const [moved, setMoved] = useState<ReadonlySet<number>>(new Set())
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null)
  const fading = useRef<ReturnType<typeof setTimeout> | null>(null)
  const refresh = () => {
    waiting.current ??= setTimeout(() => {
      waiting.current = null
      revalidate()
    }, gatherMs)
  }
  useLiveEvent('total', (data) => {
    const event = Moved.safeParse(data)
    if (!event.success || event.data.formId !== formId) return
    setMoved((before) => new Set(before).add(event.data.tenantId))
    if (fading.current) clearTimeout(fading.current)
    fading.current = setTimeout(() => setMoved(new Set()), 8000)
    refresh()
  })
  useLiveEvent('gap', refresh)
  useEffect(
    () => () => {
      if (waiting.current) clearTimeout(waiting.current)
      if (fading.current) clearTimeout(fading.current)
    },
    [],
  )
  return moved
}
