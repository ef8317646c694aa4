import { Dialog, useLocale, useText } from '@gonglian/ui'
import { useEffect, useState, type FormEvent } from 'react'
import { useAct } from '../../../act.ts'
import { useToday } from '../../../clock.tsx'
import { RefusalNotice } from '../notice.tsx'
import { TextField } from '../../../text-field.tsx'
import { readCalendar, readDays, readHolidays, replaceYear, writeHolidays } from './holidays.ts'
import { nameParameter, type Parameter } from './parameter.ts'

export type SetCalendarDialogProps = {
  /** The value in force that the new one begins from; null: closed. */
  readonly parameter: Parameter | null
  readonly onClose: () => void
  readonly onDone: (validFrom: string) => void
}

/** One year of the calendar of holidays, typed or pasted line by line; the other years stay as they are. */
export function SetCalendarDialog({ parameter, onClose, onDone }: SetCalendarDialogProps) {
  const text = useText()
  const locale = useLocale()
  const { act, busy, refusal, clear } = useAct()
  const today = useToday()
  const thisYear = Number(today.slice(0, 4))
  const [year, setYear] = useState('')
  const [lines, setLines] = useState('')
  const [days, setDays] = useState('')
  const [source, setSource] = useState('')
  const [validFrom, setValidFrom] = useState('')
  const [tried, setTried] = useState(false)
  const calendar = parameter && readCalendar(parameter.value)

  const fill = (wanted: string) => {
    const known = calendar?.years.find((entry) => String(entry.year) === wanted)
    setYear(wanted)
    setLines(known ? writeHolidays(known.holidays) : '')
    setDays(known ? known.workdays.join('\n') : '')
  }
  useEffect(() => {
    if (!parameter) return
    const latest = Math.max(...(calendar?.years.map((entry) => entry.year) ?? []), thisYear - 1)
    fill(String(latest + 1))
    setSource('')
    setValidFrom(today)
    setTried(false)
    clear()
    // Opening fills the form; what is typed afterwards stays.
  }, [parameter?.key, parameter === null])

  const holidays = readHolidays(lines, calendar)
  const workdays = readDays(days)
  const unreadable = (read: typeof holidays | typeof workdays) =>
    tried && !read.ok ? text('parameters.set.unreadable', { line: read.line }) : null
  const wrong = (path: string) => refusal?.fields.find((field) => field.path === path)?.message ?? null
  const number = Number(year)

  const set = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!parameter || !holidays.ok || !workdays.ok) return
    const value = replaceYear(calendar, { year: number, holidays: holidays.value, workdays: workdays.value })
    const outcome = await act((api) =>
      api.parameters.setParameter.mutate({ key: parameter.key, value, validFrom, source }),
    )
    if (outcome?.ok) onDone(validFrom)
  }
  const years = [...(calendar?.years.map((entry) => entry.year) ?? []), ...(calendar ? [] : [number])]
  const next = Math.max(...years, thisYear) + 1
  return (
    <Dialog
      open={parameter !== null}
      onClose={onClose}
      wide
      title={text('parameters.set.title', { name: nameParameter(parameter?.key ?? '', locale) })}
      footer={
        <>
          <button type="button" className="gl-button" onClick={onClose}>
            {text('pages.cancel')}
          </button>
          <button type="submit" form="set-calendar" className="gl-button gl-button-main" disabled={busy}>
            {text('parameters.set')}
          </button>
        </>
      }
    >
      <form id="set-calendar" className="fields" onSubmit={(event) => void set(event)} noValidate>
        <p className="gl-hint">{text('parameters.set.text')}</p>
        <div className="field">
          <label htmlFor="calendar-year">{text('parameters.set.year')}</label>
          <select id="calendar-year" className="gl-input" value={year} onChange={(event) => fill(event.target.value)}>
            {[...new Set([...years, number, next])].toSorted().map((known) => (
              <option key={known} value={known}>
                {known}
              </option>
            ))}
          </select>
        </div>
        <TextField
          name="holidays"
          label={text('holidays.lines')}
          value={lines}
          onChange={setLines}
          wrong={unreadable(holidays) ?? wrong('value')}
          maxLength={4000}
          rows={8}
          autoFocus
        />
        <TextField
          name="workdays"
          label={text('holidays.workdays.field')}
          value={days}
          onChange={setDays}
          wrong={unreadable(workdays)}
          maxLength={2000}
          rows={4}
        />
        <TextField
          name="validFrom"
          type="date"
          label={text('parameters.validFrom')}
          value={validFrom}
          onChange={setValidFrom}
          wrong={wrong('validFrom')}
          maxLength={10}
        />
        <TextField
          name="source"
          label={text('parameters.set.source')}
          value={source}
          onChange={setSource}
          wrong={wrong('source')}
          maxLength={300}
        />
        <RefusalNotice message={refusal?.message ?? null} />
      </form>
    </Dialog>
  )
}
