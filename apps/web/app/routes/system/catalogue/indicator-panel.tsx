import { Link, useFetcher } from '@remix-run/react'
import { hasMessage, translateUnknown } from '@gonglian/ui/messages'
import { Dialog, formatUnit, PageSkeleton, useLocale, useText } from '@gonglian/ui'
import { useEffect } from 'react'
import { useKeepingPeriod } from '../../../address.ts'
import type { Issuers } from '../issuers.ts'
import type { loader } from './details.ts'
import { writeFormula } from './formula.ts'
import type { IndicatorView } from './indicator.ts'

export type IndicatorPanelProps = {
  /** Null: closed. */
  readonly code: string | null
  readonly issuers: Issuers
  readonly onClose: () => void
}

/** One indicator in words: what it means, how it is counted and computed, who says so, where it is asked for. */
export function IndicatorPanel({ code, issuers, onClose }: IndicatorPanelProps) {
  const locale = useLocale()
  const fetcher = useFetcher<typeof loader>()
  useEffect(() => {
    if (code !== null) fetcher.load(`/system/catalogue/${encodeURIComponent(code)}`)
    // The fetcher is a new object at each render; only another indicator asks again.
  }, [code])
  const view = fetcher.data?.indicator.code === code ? fetcher.data : undefined
  const title = view ? (locale === 'en' ? view.indicator.nameEn : view.indicator.nameZh) : (code ?? '')
  return (
    <Dialog open={code !== null} onClose={onClose} place="side" title={title}>
      {view ? <IndicatorFacts view={view} issuers={issuers} /> : <PageSkeleton shape="form" rows={8} />}
    </Dialog>
  )
}

function IndicatorFacts({ view, issuers }: { readonly view: IndicatorView; readonly issuers: Issuers }) {
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  const { indicator, asked } = view
  const formula = writeFormula(view, locale)
  const definition = locale === 'en' ? indicator.definitionEn : indicator.definitionZh
  const domain = `indicators.domain.${indicator.domain}`
  const direction = indicator.polarity > 0 ? 'more' : indicator.polarity < 0 ? 'less' : 'neither'
  return (
    <dl className="facts">
      <dt>{text('catalogue.definition')}</dt>
      <dd>{definition === '' ? <span className="gl-hint">{text('catalogue.definition.none')}</span> : definition}</dd>
      <dt>{text('catalogue.unit')}</dt>
      <dd>{formatUnit(indicator.unit, locale, 'none')}</dd>
      <dt>{text('catalogue.nature')}</dt>
      <dd>
        {text(`indicators.nature.${indicator.nature}`)}
        <span className="gl-hint">{text(`catalogue.nature.${indicator.nature}.text`)}</span>
      </dd>
      <dt>{text('catalogue.additivity')}</dt>
      <dd>{text(`indicators.additivity.${indicator.additivity}`)}</dd>
      {formula === null ? null : (
        <>
          <dt>{text('catalogue.formula')}</dt>
          <dd>{formula}</dd>
        </>
      )}
      <dt>{text('catalogue.polarity')}</dt>
      <dd>{text(`indicators.polarity.${direction}`)}</dd>
      {indicator.breakdowns.length === 0 ? null : (
        <>
          <dt>{text('catalogue.breakdowns')}</dt>
          <dd>
            {indicator.breakdowns
              .map((name) => `indicators.breakdown.${name}`)
              .map((key) =>
                hasMessage(locale, key) ? translateUnknown(locale, key) : key.slice('indicators.breakdown.'.length),
              )
              .join(locale === 'en' ? ', ' : '、')}
          </dd>
        </>
      )}
      <dt>{text('catalogue.asked')}</dt>
      <dd>
        {asked.length === 0 ? <span className="gl-hint">{text('catalogue.asked.none')}</span> : null}
        {asked.map(({ form, position, breakdownZh, breakdownEn }) => (
          <span key={`${form.code}-${position}`} className="asked-in">
            <Link
              to={keep(
                `/system/forms/${form.code}?${new URLSearchParams({ 'items.search': locale === 'en' ? indicator.nameEn : indicator.nameZh }).toString()}`,
              )}
            >
              {locale === 'en' ? form.nameEn : form.nameZh}
            </Link>{' '}
            <span className="gl-hint">
              {text('catalogue.asked.item', { position })} {locale === 'en' ? breakdownEn : breakdownZh}
            </span>
          </span>
        ))}
      </dd>
      <dt>{text('catalogue.domain')}</dt>
      <dd>{hasMessage(locale, domain) ? translateUnknown(locale, domain) : indicator.domain}</dd>
      <dt>{text('catalogue.issuer')}</dt>
      <dd>
        {issuers[indicator.issuerId]?.name ?? text('catalogue.issuer.below')}
        <span className="gl-hint">
          {text('catalogue.version.at', { version: indicator.version })}
          {indicator.retiredOn === null ? null : ` · ${text('catalogue.retired', { date: indicator.retiredOn })}`}
        </span>
      </dd>
      <dt>{text('catalogue.code')}</dt>
      <dd>
        <code>{indicator.code}</code>
      </dd>
      <dt>{text('catalogue.english')}</dt>
      <dd>{locale === 'en' ? indicator.nameZh : indicator.nameEn}</dd>
    </dl>
  )
}
