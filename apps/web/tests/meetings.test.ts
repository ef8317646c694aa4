import { beforeAll, describe, expect, test } from 'vitest'
import { lastMonth } from './calendar.ts'
import { findButton, findDialog, press, see } from './hand.ts'
import { signIn, type Person } from './person.ts'
import { expectComplaint, openScreen } from './screen.ts'
import { findCells, form } from './sheet.ts'
import { say, zh } from './words.ts'

const period = lastMonth()

let reviewer: Person
let leader: Person

beforeAll(async () => {
  ;[reviewer, leader] = await Promise.all([signIn('5132-reviewer'), signIn('5132-leader')])
})

/** A county's report that waits for the city. */
async function findWaiting(name: string) {
  const { reports } = await reviewer.api.reviews.listReviewQueue.query({ period, state: 'submitted', pageSize: 100 })
  const report = reports.find((one) => one.body.name === name)
  if (report === undefined) throw new Error(`${name} has handed in nothing`)
  return report
}

async function readState(reportId: number) {
  const { report } = await reviewer.api.reviews.getReview.query({ reportId })
  return { state: report.state, version: report.version }
}

describe('two who decide about one report', () => {
  test('what was withdrawn meanwhile is not accepted, and the page says who withdrew it', async () => {
    const { reportId, version } = await findWaiting('茂县总工会')
    expectComplaint(/status of 409/)
    const address = `/reports/review/report/${reportId}`
    const page = await openScreen(reviewer, address, { deaf: true })
    const english = await openScreen(leader, address, { deaf: true, locale: 'en' })
    const owner = await signIn('513223-officer')
    await owner.api.reports.withdrawReport.mutate({ reportId, version })
    await findButton(page, 'reports.review.accept').click()
    await page.getByRole('alert').getByText('报表已被 513223-officer 撤回').waitFor()
    await english.getByRole('button', { name: say('en', 'reports.review.accept'), exact: true }).click()
    await english
      .getByRole('alert')
      .getByText(say('en', 'errors.reportWithdrawn', { actor: '513223-officer' }))
      .waitFor()
    expect((await readState(reportId)).state).toBe('draft')
  })

  test('of two who accept and send back at once, one does it and the other is told', async () => {
    const { reportId, version } = await findWaiting('松潘县总工会')
    const faults = [{ position: 1, reason: '请核实' }]
    const answers = await Promise.allSettled([
      reviewer.api.reviews.acceptReport.mutate({ reportId, version }),
      leader.api.reviews.returnReport.mutate({ reportId, version, faults }),
      leader.api.reviews.acceptReport.mutate({ reportId, version }),
    ])
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
    for (const answer of answers) {
      if (answer.status === 'rejected')
        expect(answer.reason).toMatchObject({ data: { httpStatus: 409, refusal: { code: 'conflict' } } })
    }
    expect((await readState(reportId)).version).toBe(version + 1)
  })

  test('on the screen the second sees that the first has accepted it', async () => {
    const { reportId } = await findWaiting('金川县总工会')
    expectComplaint(/status of 409/)
    const address = `/reports/review/report/${reportId}`
    const first = await openScreen(reviewer, address)
    const second = await openScreen(leader, address, { deaf: true })
    await press(first, 'reports.review.accept')
    await see(first, zh('reports.review.accepted', { body: '金川县总工会' }))
    await press(second, 'reports.review.accept')
    await second.getByRole('alert').getByText('报表已由 5132-reviewer 审核通过').waitFor()
  })
})

describe('two who type into one report', () => {
  const entry = `/reports/${form}/${period}`
  const officerOf = () => signIn('513221109-officer')
  const leaderOf = () => signIn('513221109-leader')

  test('different cells go together; the same cell is shown with both figures and loses neither', async () => {
    expectComplaint(/status of 409/)
    const [officer, head] = await Promise.all([officerOf(), leaderOf()])
    await officer.api.reports.openReport.mutate({ form, period })
    const [mine, theirs] = await Promise.all([openScreen(officer, entry), openScreen(head, entry)])
    const { inputOf, positionOf } = await findCells(officer, period)
    const read = async (code: string) => {
      const { report } = await findCells(officer, period)
      return report.draft?.figures[positionOf(code) - 1] ?? null
    }
    await inputOf(mine, 'employee_count').fill('111')
    await expect.poll(() => read('employee_count')).toBe(111)
    // The other page still has the cell as it was.
    await inputOf(theirs, 'employee_count').fill('222')
    const dialog = findDialog(theirs)
    await see(dialog, zh('conflict.title'))
    await see(dialog, '111')
    await see(dialog, '222')
    expect(await read('employee_count')).toBe(111)
    await press(dialog, 'conflict.allMine')
    await press(dialog, 'conflict.resolve')
    await expect.poll(() => read('employee_count')).toBe(222)

    await inputOf(mine, 'new_member_count').fill('7')
    await expect.poll(() => read('new_member_count')).toBe(7)
    expect(await read('employee_count')).toBe(222)
    // What the colleague typed has come along.
    await expect.poll(() => inputOf(mine, 'employee_count').inputValue()).toBe('222')
  })
})

describe('two who split one target', () => {
  let officer: Person
  let head: Person
  let itemId = 0
  const year = Number(period.slice(0, 4))

  beforeAll(async () => {
    ;[officer, head] = await Promise.all([signIn('513225-officer'), signIn('513225-leader')])
    const name = `'"><img src=x onerror=alert(1)> 𠮷😀 \u202Eabc\u202C ; drop table`
    const { planId, version } = await head.api.targets.createPlan.mutate({ year, name })
    await head.api.targets.addItem.mutate({
      planId,
      version,
      indicatorCode: 'new_member_count',
      method: 'sum',
      value: 100,
      aspect: '<b>"方面"</b>',
    })
    const { aspects } = await head.api.targets.getPlan.query({ planId })
    itemId = aspects[0]?.items[0]?.id ?? 0
  })

  test('a name with quotes, markup, emoji and turned letters is shown as it was written, and does nothing', async () => {
    const page = await openScreen(officer, `/targets?year=${year}`)
    page.on('dialog', () => {
      throw new Error('a name ran as a program')
    })
    await page.getByText(`'"><img src=x onerror=alert(1)> 𠮷😀`).first().click()
    await page.waitForURL(/\/targets\/\d+/)
    await see(page, '<b>"方面"</b>')
    expect(await page.locator('img[src="x"]').count()).toBe(0)
  })

  test('a split that does not add up is refused with the sums, in either language, and changes nothing', async () => {
    const view = await head.api.targets.getSplit.query({ itemId })
    const [first, second] = view.rows
    if (!first || !second) throw new Error('the county has townships')
    const split = (values: readonly number[], reserve: number) => ({
      itemId,
      version: view.share.splitVersion,
      rows: [first, second].map((row, index) => ({ receiverId: row.body.id, value: values[index] ?? 0 })),
      reserve,
    })
    for (const [values, reserve, key] of [
      [[60, 30], 5, 'errors.splitLeft'],
      [[60, 30], 15, 'errors.splitExceeds'],
      [[90, 30], -20, 'errors.splitOverLimit'],
    ] as const) {
      await expect(head.api.targets.saveSplit.mutate(split(values, reserve))).rejects.toMatchObject({
        data: { refusal: { code: 'invalid', key } },
      })
    }
    const outside = { ...split([60, 40], 0), rows: [{ receiverId: 1, value: 100 }] }
    await expect(head.api.targets.saveSplit.mutate(outside)).rejects.toMatchObject({
      data: { refusal: { fields: [{ path: 'rows.0.receiverId', message: zh('errors.splitNotBelow') }] } },
    })
    const after = await head.api.targets.getSplit.query({ itemId })
    expect(after).toEqual(view)
  })

  test('who saves second is shown the other’s share beside the own one', async () => {
    expectComplaint(/status of 409/)
    const address = `/targets/items/${itemId}/split`
    const [mine, theirs] = await Promise.all([openScreen(officer, address), openScreen(head, address)])
    const type = async (page: typeof mine, value: string) => {
      await page.locator('[data-share="513225101"]').fill(value)
      await page.keyboard.press('Tab')
      await press(page, 'targets.split.save')
    }
    const read = async () => {
      const { rows } = await head.api.targets.getSplit.query({ itemId })
      return rows.find((row) => row.body.code === '513225101')?.share?.value ?? null
    }
    await type(mine, '10')
    await expect.poll(read).toBe(10)
    await type(theirs, '20')
    const dialog = findDialog(theirs)
    await see(dialog, '漳扎镇')
    expect(await read()).toBe(10)
    await press(dialog, 'conflict.allTheirs')
    await press(dialog, 'conflict.resolve')
    await dialog.waitFor({ state: 'hidden' })
    expect(await read()).toBe(10)
  })
})
