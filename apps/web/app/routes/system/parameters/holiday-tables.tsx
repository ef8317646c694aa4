import type { HolidayCalendar } from '@gonglian/indicators/deadlines'
import { useLocale, useText } from '@gonglian/ui'
import { countDays } from './holidays.ts'

/** The calendar year by year, the latest first. */
export function HolidayTables({ calendar }: { readonly calendar: HolidayCalendar }) {
  const text = useText()
  const locale = useLocale()
  return calendar.years.toReversed().map(({ year, holidays, workdays }) => (
    <table className="gl-plain-table" key={year}>
      <caption>{text('holidays.years', { years: year })}</caption>
      <thead>
        <tr>
          <th scope="col">{text('holidays.name')}</th>
          <th scope="col">{text('holidays.from')}</th>
          <th scope="col">{text('holidays.to')}</th>
          <th scope="col">{text('holidays.length')}</th>
        </tr>
      </thead>
      <tbody>
        {holidays.map((holiday) => (
          <tr key={holiday.from}>
            <th scope="row">{locale === 'en' ? holiday.nameEn : holiday.nameZh}</th>
            <td>{holiday.from}</td>
            <td>{holiday.to}</td>
            <td>{text('holidays.days', { count: countDays(holiday) })}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">{text('holidays.workdays')}</th>
          <td colSpan={3}>
            {workdays.length === 0 ? text('holidays.workdays.none') : workdays.join(locale === 'en' ? ', ' : '、')}
          </td>
        </tr>
      </tbody>
    </table>
  ))
}
