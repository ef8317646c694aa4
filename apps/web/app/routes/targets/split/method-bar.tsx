import { Dialog, useLocale, useText, type Shares } from '@gonglian/ui'
import { translateUnknown } from '@gonglian/ui/messages'
import type { Reserve } from '@gonglian/targets/splits'
import { useNavigation } from '@remix-run/react'
import { useFigureHand } from '@gonglian/ui'
import { useId, useState } from 'react'
import { api as server } from '../../../act.ts'
import { useAddress } from '../../../address.ts'
import { nameMeasure, readHundredths, writeHundredths, writeTarget } from '../figure.ts'
import { IndicatorPicker } from '../indicator-picker.tsx'
import type { SplitData } from './data.ts'
import { computeSplit, sumMethods, type Measure, type SplitMethod } from './methods.ts'
import { MethodPreview, type Preview } from './method-preview.tsx'
import { codeOf, readShares } from './rows.ts'

export type MethodBarProps = Pick<SplitData, 'view' | 'lastYear' | 'basis' | 'indicator' | 'others'> & {
  readonly shares: Shares
  readonly onApply: (shares: Shares) => void
}

/** Computes shares by a method and shows what would change before anything does. */
export function MethodBar({ view, shares, lastYear, basis, indicator, others, onApply }: MethodBarProps) {
  const { item, share } = view
  const text = useText()
  const locale = useLocale()
  const hand = useFigureHand()
  const id = useId()
  const { change } = useAddress()
  const loading = useNavigation().state === 'loading'
  const isSum = item.method === 'sum'
  const [method, setMethod] = useState<SplitMethod>(!isSum ? 'alike' : indicator ? 'indicator' : 'lastYear')
  const [other, setOther] = useState(others[0]?.id ?? 0)
  const [kind, setKind] = useState<Reserve['kind']>(share.reserve ? 'amount' : 'percent')
  const [typed, setTyped] = useState(
    share.reserve ? hand.write({ value: Math.max(0, share.reserve), mark: 0 }, item.measure) : '0',
  )
  const [picking, setPicking] = useState(false)
  const [preview, setPreview] = useState<Preview | null>(null)
  const [wrong, setWrong] = useState<{ readonly at: 'reserve' | 'method'; readonly message: string } | null>(null)

  const readReserve = (): Reserve | null => {
    if (kind === 'percent') {
      const percent = readHundredths(typed)
      return percent === null || percent > 10_000 || percent < -10_000 ? null : { kind, percent }
    }
    const negative = /^\s*[-−]/.test(typed.normalize('NFKC'))
    const figure = hand.read(typed.normalize('NFKC').replace(/^\s*[-−]/, ''), item.measure)
    if (!figure.ok || figure.mark !== 0) return null
    return { kind, amount: (figure.value ?? 0) * (negative ? -1 : 1) }
  }
  const findMeasure = async (): Promise<Measure | null> => {
    if (method === 'equal' || method === 'alike') return { method }
    if (method === 'lastYear') return lastYear === null ? null : { method, basis: lastYear }
    if (method === 'indicator') return basis === null ? null : { method, basis }
    const split = await server.targets.getSplit.query({ itemId: other })
    const values = readShares(split)
    return { method, shares: new Map(split.rows.map((row) => [codeOf(row), values[codeOf(row)]?.value ?? 0])) }
  }
  const compute = async () => {
    setWrong(null)
    setPreview(null)
    const reserve = readReserve()
    if (reserve === null) return setWrong({ at: 'reserve', message: text('targets.reserve.unreadable') })
    const measure = await findMeasure().catch(() => null)
    if (measure === null) return setWrong({ at: 'method', message: text('targets.basis.missing') })
    const split = computeSplit(view, shares, isSum ? reserve : { kind: 'amount', amount: 0 }, measure)
    if (!split.ok) {
      const { over } = split.params
      const params = over === undefined ? {} : { over: writeTarget(over, item.measure, locale) }
      return setWrong({ at: 'method', message: translateUnknown(locale, split.key, params) })
    }
    if (isSum && -split.reserve > view.limit) {
      const params = {
        over: writeTarget(-split.reserve, item.measure, locale),
        limit: writeTarget(view.limit, item.measure, locale),
      }
      return setWrong({ at: 'reserve', message: text('targets.split.overLimit', params) })
    }
    setPreview({ values: split.values, reserve: split.reserve, unknown: split.unknown })
  }
  const apply = (values: ReadonlyMap<string, number | null>) => {
    const free = view.rows.filter((row) => row.share === null || row.share.state === 'draft').map(codeOf)
    onApply(
      Object.fromEntries(
        free
          .filter((code) => !(shares[code]?.locked ?? false))
          .map((code) => [code, { value: values.get(code) ?? null, locked: false }]),
      ),
    )
    setPreview(null)
  }
  return (
    <section className="panel targets-methods" aria-label={text('targets.methods')}>
      {isSum ? (
        <>
          <label className="targets-inline">
            <span>{text('targets.methods.by')}</span>
            <select
              className="gl-input"
              value={method}
              onChange={(event) => {
                const chosen = sumMethods.find((one) => one === event.target.value) ?? 'equal'
                setMethod(chosen)
                setPreview(null)
                setWrong(null)
                if (chosen === 'indicator' && indicator === null) setPicking(true)
              }}
            >
              {sumMethods.map((one) => (
                <option key={one} value={one} disabled={one === 'item' && others.length === 0}>
                  {text(`targets.methods.${one}`)}
                </option>
              ))}
            </select>
          </label>
          {method === 'indicator' ? (
            <button type="button" className="gl-button" onClick={() => setPicking(true)}>
              {indicator === null ? text('targets.indicator.choose') : nameMeasure(indicator, locale)}
            </button>
          ) : null}
          {method === 'item' ? (
            <select
              className="gl-input"
              aria-label={text('targets.methods.item')}
              value={other}
              onChange={(event) => setOther(Number(event.target.value))}
            >
              {others.map((one) => (
                <option key={one.id} value={one.id}>
                  {nameMeasure(one, locale)}
                </option>
              ))}
            </select>
          ) : null}
          <span className="targets-inline">
            <label htmlFor={id}>{text('targets.methods.reserve')}</label>
            <input
              id={id}
              className="gl-input gl-figure"
              value={typed}
              maxLength={30}
              aria-invalid={wrong?.at === 'reserve'}
              aria-describedby={wrong?.at === 'reserve' ? `${id}-wrong` : `${id}-help`}
              onChange={(event) => setTyped(event.target.value)}
            />
            <select
              className="gl-input"
              aria-label={text('targets.methods.reserve.kind')}
              value={kind}
              onChange={(event) => {
                const next = event.target.value === 'amount' ? 'amount' : 'percent'
                setKind(next)
                if (next === 'percent' && readHundredths(typed) === null) setTyped(writeHundredths(0))
              }}
            >
              <option value="percent">%</option>
              <option value="amount">{item.measure.unit}</option>
            </select>
          </span>
        </>
      ) : (
        <span>{text('targets.methods.alike', { figure: writeTarget(share.value, item.measure, locale) })}</span>
      )}
      <button type="button" className="gl-button" disabled={loading} onClick={() => void compute()}>
        {text('targets.methods.preview')}
      </button>
      <p className="gl-hint" id={`${id}-help`}>
        {text(isSum ? `targets.methods.${method === 'alike' ? 'equal' : method}.help` : 'targets.methods.alike.help', {
          year: String((method === 'indicator' ? basis : lastYear)?.year ?? view.plan.year - 1),
        })}
      </p>
      {wrong === null ? null : (
        <p className="gl-error-text" id={`${id}-wrong`} role="alert">
          {wrong.message}
        </p>
      )}
      {preview ? (
        <MethodPreview
          view={view}
          shares={shares}
          preview={preview}
          onApply={() => apply(preview.values)}
          onClose={() => setPreview(null)}
        />
      ) : null}
      <Dialog open={picking} onClose={() => setPicking(false)} title={text('targets.indicator.choose')}>
        <IndicatorPicker
          label={text('targets.indicator')}
          value={null}
          autoFocus
          fits={(one) => one.additivity === 'sum'}
          onChange={(chosen) => {
            setPicking(false)
            setPreview(null)
            change({ basis: chosen.code })
          }}
        />
      </Dialog>
    </section>
  )
}
