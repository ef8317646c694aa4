import { Dialog, formatUnit, useFigureHand, useLocale, useText } from '@gonglian/ui'
import { translateUnknown } from '@gonglian/ui/messages'
import { useState, type FormEvent } from 'react'
import { api as server, useAct } from '../../../act.ts'
import { Field, RefusalNote, findFieldError, focusFirstWrong } from '../field.tsx'
import { nameMeasure, readHundredths, writeHundredths, writeTarget } from '../figure.ts'
import { IndicatorPicker, type Indicator } from '../indicator-picker.tsx'
import type { PlanItem, PlanView } from './items.ts'
import { ScheduleFields } from './schedule-fields.tsx'
import { chooseSchedule, findChoice, spreadEvenly, writeSchedule, type ScheduleChoice } from './schedule.ts'

export type ItemFormProps = {
  readonly plan: PlanView['plan']
  readonly items: readonly PlanItem[]
  /** The item that is changed; null: a new one. */
  readonly item: PlanItem | null
  readonly onClose: () => void
}

const methods = ['sum', 'floor', 'each'] as const
const fields = ['indicatorCode', 'method', 'value', 'aspect', 'weight', 'accountable', 'note', 'schedule', 'position']

/** One item of a draft: indicator, method, the plan's own target, weight, schedule. */
export function ItemForm({ plan, items, item, onClose }: ItemFormProps) {
  const text = useText()
  const locale = useLocale()
  const hand = useFigureHand()
  const { act, busy, refusal } = useAct()
  const [indicator, setIndicator] = useState<Indicator | null>(null)
  const measure = item?.measure ?? indicator
  const [method, setMethod] = useState<(typeof methods)[number]>(item?.method ?? 'sum')
  const [direction, setDirection] = useState<1 | -1>(item?.direction === -1 ? -1 : 1)
  const [typed, setTyped] = useState({
    value: item?.share ? hand.write({ value: item.share.value, mark: 0 }, item.measure) : '',
    aspect: item?.aspect ?? items.at(-1)?.aspect ?? '',
    weight: writeHundredths(item?.weight ?? 0),
    accountable: item?.accountable ?? '',
    note: item?.note ?? '',
    position: item ? String(items.findIndex((one) => one.id === item.id) + 1) : '',
  })
  const [choice, setChoice] = useState<ScheduleChoice>(item ? findChoice(item.schedule, item.scheduleKind) : 'straight')
  const [months, setMonths] = useState<readonly string[]>(writeSchedule(item?.schedule ?? spreadEvenly()))
  const [said, setSaid] = useState('')
  const [wrong, setWrong] = useState<{ readonly [path: string]: string }>({})
  const [wrongMonths, setWrongMonths] = useState<readonly number[]>([])

  const errorOf = (path: string) => wrong[path] ?? findFieldError(refusal, path)
  const input = (path: keyof typeof typed) => ({
    className: 'gl-input',
    value: typed[path],
    onChange: (event: { target: { value: string } }) => setTyped({ ...typed, [path]: event.target.value }),
  })
  const choose = (next: Indicator) => {
    setIndicator(next)
    setDirection(next.polarity === -1 ? -1 : 1)
    if (next.additivity !== 'sum' && method === 'sum') setMethod('floor')
    setChoice(next.nature === 'flow' ? 'straight' : 'standing')
  }
  const season = async () => {
    if (item === null) return
    setSaid(text('targets.schedule.computing'))
    try {
      const { schedule, years } = await server.targets.readSeasons.query({ itemId: item.id })
      if (schedule === null) return setSaid(text('targets.schedule.noSeason'))
      setChoice('seasonal')
      setMonths(writeSchedule(schedule))
      setWrongMonths([])
      setSaid(text('targets.schedule.season', { years: years.join('、') }))
    } catch {
      setSaid(text('errors.unreachable'))
    }
  }
  const figure = measure && typed.value.trim() !== '' ? hand.read(typed.value, measure) : null

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const weight = readHundredths(typed.weight)
    const chosen = chooseSchedule(choice, months)
    setWrongMonths(chosen.ok ? [] : chosen.months)
    const schedule = chosen.ok ? chosen.schedule : null
    const found = {
      ...(measure === null ? { indicatorCode: text('targets.indicator.missing') } : {}),
      ...(typed.value.trim() === '' ? { value: text('errors.inputMissing') } : {}),
      ...(weight === null || weight < 0 ? { weight: text('targets.plan.notPercent') } : {}),
    }
    setWrong(found)
    if (Object.keys(found).length > 0 || schedule === null || measure === null || weight === null)
      return focusFirstWrong(form)
    const terms = {
      aspect: typed.aspect,
      method,
      value: typed.value,
      direction,
      weight,
      accountable: typed.accountable,
      note: typed.note,
      schedule,
      scheduleKind: choice === 'standing' ? ('manual' as const) : choice,
    }
    const position = Number(typed.position)
    const outcome = await act(async (api) => {
      if (item === null)
        await api.targets.addItem.mutate({
          planId: plan.id,
          version: plan.version,
          indicatorCode: measure.code,
          ...terms,
        })
      else
        await api.targets.updateItem.mutate({
          itemId: item.id,
          version: plan.version,
          ...terms,
          ...(typed.position === '' ? {} : { position }),
        })
    })
    if (outcome?.ok) onClose()
    else focusFirstWrong(form)
  }

  const aspects = [...new Set(items.map((one) => one.aspect))].filter((aspect) => aspect !== '')
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={
        item ? text('targets.item.editing', { item: nameMeasure(item.measure, locale) }) : text('targets.item.add')
      }
      footer={
        <>
          <button type="button" className="gl-button" onClick={onClose}>
            {text('pages.cancel')}
          </button>
          <button type="submit" form="item-form" className="gl-button gl-button-main" disabled={busy}>
            {text('pages.save')}
          </button>
        </>
      }
    >
      <form
        id="item-form"
        className="targets-form targets-form-wide"
        onSubmit={(event) => void submit(event)}
        noValidate
      >
        {item === null ? (
          <div className="targets-form-all">
            <IndicatorPicker
              label={text('targets.indicator')}
              value={indicator}
              onChange={choose}
              error={errorOf('indicatorCode')}
              autoFocus
            />
          </div>
        ) : null}
        <fieldset className="targets-form-all">
          <legend>{text('targets.method')}</legend>
          <div className="targets-choices">
            {methods.map((one) => (
              <label key={one} className="gl-choice">
                <input
                  type="radio"
                  name="method"
                  checked={method === one}
                  disabled={one === 'sum' && measure !== null && measure.additivity !== 'sum'}
                  onChange={() => setMethod(one)}
                />
                {text(`targets.method.${one}`)}
              </label>
            ))}
          </div>
          <p className="gl-hint">
            {measure !== null && measure.additivity !== 'sum'
              ? text('targets.method.notAdditive')
              : text(`targets.method.${method}.help`)}
          </p>
          {errorOf('method') === null ? null : (
            <p className="gl-error-text" role="alert">
              {errorOf('method')}
            </p>
          )}
        </fieldset>
        <Field
          label={
            measure === null
              ? text('targets.value')
              : text('targets.value.in', { unit: formatUnit(measure.unit, locale) })
          }
          hint={
            figure === null
              ? text('targets.value.help')
              : figure.ok && measure
                ? text('targets.value.read', { figure: writeTarget(figure.value, measure, locale) })
                : undefined
          }
          error={figure !== null && !figure.ok ? translateUnknown(locale, figure.key, figure.params) : errorOf('value')}
        >
          {(control) => <input {...control} {...input('value')} inputMode="text" maxLength={60} />}
        </Field>
        <Field label={text('targets.direction')}>
          {(control) => (
            <select
              {...control}
              className="gl-input"
              value={direction}
              onChange={(event) => setDirection(event.target.value === '-1' ? -1 : 1)}
            >
              <option value={1}>{text('indicators.polarity.more')}</option>
              <option value={-1}>{text('indicators.polarity.less')}</option>
            </select>
          )}
        </Field>
        <Field label={text('targets.aspect')} hint={text('targets.aspect.help')} error={errorOf('aspect')}>
          {(control) => (
            <>
              <input {...control} {...input('aspect')} maxLength={60} list="aspects" autoComplete="off" />
              <datalist id="aspects">
                {aspects.map((aspect) => (
                  <option key={aspect} value={aspect} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <Field label={text('targets.weight.in')} error={errorOf('weight')}>
          {(control) => <input {...control} {...input('weight')} inputMode="decimal" maxLength={7} />}
        </Field>
        <Field label={text('targets.accountable')} error={errorOf('accountable')}>
          {(control) => <input {...control} {...input('accountable')} maxLength={120} />}
        </Field>
        {item === null ? null : (
          <Field label={text('targets.position')} error={errorOf('position')}>
            {(control) => (
              <select
                {...control}
                className="gl-input"
                value={typed.position}
                onChange={(event) => setTyped({ ...typed, position: event.target.value })}
              >
                {items.map((one, index) => (
                  <option key={one.id} value={index + 1}>
                    {index + 1}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <div className="targets-form-all">
          <Field label={text('targets.note')} error={errorOf('note')}>
            {(control) => <textarea {...control} {...input('note')} rows={2} maxLength={500} />}
          </Field>
        </div>
        <div className="targets-form-all">
          <ScheduleFields
            choice={choice}
            typed={months}
            wrong={wrongMonths}
            error={errorOf('schedule')}
            said={said}
            onSeason={item === null ? null : () => void season()}
            onChoice={(next) => {
              setChoice(next)
              setSaid('')
              setWrongMonths([])
            }}
            onType={(month, value) => {
              setMonths(months.map((before, index) => (index === month ? value : before)))
              if (choice === 'seasonal') setChoice('manual')
            }}
          />
        </div>
        <RefusalNote refusal={refusal} shown={fields} />
      </form>
    </Dialog>
  )
}
