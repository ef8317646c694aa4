import type { Locator, Page } from 'playwright-core'
import type { Person } from './person.ts'

export const form = 'org-monthly'

/** The cell one types into: items are told apart by the code of their indicator and the part of it. */
export async function findCells(person: Person, period: string) {
  const report = await person.api.reports.getReport.query({ form, period })
  const positionOf = (code: string, breakdown = '') => {
    const item = report.form.items.find((one) => one.code === code && one.breakdownZh === breakdown)
    if (item === undefined) throw new Error(`the form does not ask for ${code} ${breakdown}`)
    return item.position
  }
  return {
    report,
    positionOf,
    inputOf: (page: Page | Locator, code: string, breakdown = ''): Locator =>
      page.locator(`[data-entry="${positionOf(code, breakdown)}"][data-column="declared"]`),
    noteOf: (page: Page | Locator, code: string): Locator =>
      page.locator(`[data-entry="${positionOf(code)}"][data-column="note"]`),
  }
}

/** A month that breaks no rule: members are those of the month before, with those won and lost. */
export async function inventMonth(person: Person, period: string): Promise<(number | null)[]> {
  const { report, positionOf } = await findCells(person, period)
  const figures = report.form.items.map((item, index) =>
    item.nature === 'ratio' ? null : (report.previous?.[index] ?? 0),
  )
  const at = (code: string) => figures[positionOf(code) - 1] ?? 0
  const before = report.previous?.[positionOf('member_count') - 1] ?? 0
  figures[positionOf('member_count') - 1] =
    before + at('new_member_count') + at('transferred_in_member_count') - at('lost_member_count')
  const members = at('member_count')
  if (at('employee_count') < members) figures[positionOf('employee_count') - 1] = members
  return figures
}

/** The figures as they would be copied out of a spreadsheet, one item a row. */
export function writeColumn(figures: readonly (number | null)[], scales: readonly number[]): string {
  return figures
    .map((figure, index) => (figure === null ? '' : (figure / 10 ** (scales[index] ?? 0)).toFixed(scales[index] ?? 0)))
    .join('\n')
}

/** Pastes tab-separated text into the cell that has the focus, as the clipboard would. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => {
    const data = new DataTransfer()
    data.setData('text/plain', copied)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  }, text)
}
