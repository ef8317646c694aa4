import { aCreditCode } from '@gonglian/organisation/testing'
import { shanghaiDay } from '@gonglian/tenancy'
import { beforeAll, describe, expect, test } from 'vitest'
import { writeWorkbook } from '@gonglian/spreadsheets'
import { expectRefused, fill, findField, finish, openAct, perform } from './acts.ts'
import { findButton, see } from './hand.ts'
import { signIn, type Person } from './person.ts'
import { expectAccessible, expectComplaint, openScreen, visit } from './screen.ts'
import { zh } from './words.ts'

const today = shanghaiDay(new Date())
const dayAfter = (days: number) =>
  new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
const version = '2026-故事'
const park = '灞州故事园区'
/** Known to the register before the list comes, and how the list names them. */
const known = { name: '汶川故事老厂', code: aCreditCode(7001) }
const namesake = '汶川故事同名商贸有限公司'
const target = '汶川故事新建材有限公司'

let officer: Person
let city: Person
let neighbour: Person
let listId = 0
let leadId = 0

beforeAll(async () => {
  ;[officer, city, neighbour] = await Promise.all([
    signIn('513221-officer'),
    signIn('5132-officer'),
    signIn('513222-officer'),
  ])
  const { registerEmployer } = officer.api.employers
  await registerEmployer.mutate({ name: known.name, creditCode: known.code, headcount: 40 })
  await registerEmployer.mutate({ name: namesake, creditCode: aCreditCode(7002), headcount: 30 })
})

type Row = readonly [name: string, code: string, headcount: string, park: string]

/** The workbook an office sends: a title, heads, rows. */
async function writeList(rows: readonly Row[]) {
  const heads = ['纳税人名称', '统一社会信用代码', '从业人数', '园区']
  const columns = heads.map((title, place) => ({ title, value: (row: Row) => row[place] ?? '' }))
  const pieces: Uint8Array[] = []
  for await (const piece of writeWorkbook('名录', columns, rows)) pieces.push(piece)
  return {
    name: '名录.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.concat(pieces),
  }
}

async function findLead() {
  const { rows } = await officer.api.leads.listLeads.query({ search: target })
  const [lead] = rows
  if (lead === undefined) throw new Error('no lead was opened')
  return lead
}

describe.sequential('from a list of the tax office to a union in preparation', () => {
  test('a file that holds no names is refused beside its field; a workbook is read with its faults', async () => {
    const page = await openScreen(officer, '/organisation/lists')
    await expectAccessible(page)
    expectComplaint(/status of 400/)
    const act = await openAct(page, 'lists.import')
    await expectAccessible(page)
    await expectRefused(act, 'lists.name', zh('errors.inputMissing'))
    await fill(act, [
      ['lists.name', '汶川县税务故事名录'],
      ['lists.version', version],
    ])
    const file = findField(act, 'lists.file')
    await file.setInputFiles({ name: '空.csv', mimeType: 'text/csv', buffer: Buffer.from('甲,乙\n1,2\n') })
    await expectRefused(act, 'lists.file', zh('organisation.list.noName'))
    await file.setInputFiles(
      await writeList([
        [target, aCreditCode(7003), '60', park],
        ['汶川故事老厂（新名）', known.code, '40', ''],
        [namesake, aCreditCode(7004), '35', ''],
        ['汶川故事人数不清厂', aCreditCode(7005), '若干', ''],
        [target, aCreditCode(7003), '60', park],
      ]),
    )
    await finish(act)
    await page.waitForURL(/\/organisation\/lists\/\d+/)
    listId = Number(new URL(page.url()).pathname.split('/').at(-1))
    await see(page, zh('lists.summary', { rows: 5, matched: 0, ambiguous: 0, faulty: 1 }))
    await see(page, zh('lists.fault.headcount'))
    await expectAccessible(page)

    const more = await openAct(page, 'lists.append')
    await findField(more, 'lists.file').setInputFiles(await writeList([['汶川故事小店', '', '3', '']]))
    await finish(more)
    await see(page, zh('lists.summary', { rows: 6, matched: 0, ambiguous: 0, faulty: 1 }))
  })

  test('the same version is not taken twice', async () => {
    const page = await openScreen(officer, '/organisation/lists')
    expectComplaint(/status of 409/)
    const act = await openAct(page, 'lists.import')
    await fill(act, [
      ['lists.name', '又一份'],
      ['lists.version', version],
    ])
    await findField(act, 'lists.file').setInputFiles(await writeList([['某厂', '', '30', '']]))
    await expectRefused(act, 'lists.version', zh('organisation.list.versionTaken'))
  })

  test('matched by code and name; the officer says who the doubtful row is', async () => {
    const page = await openScreen(officer, `/organisation/lists/${listId}`)
    await perform(page, 'lists.match', [])
    await see(page, zh('lists.summary', { rows: 6, matched: 4, ambiguous: 1, faulty: 1 }))
    expect(await findButton(page, 'lists.append').count()).toBe(0)
    const row = page.locator('tr', { hasText: namesake })
    const act = await openAct(row, 'lists.decide')
    await expectAccessible(page)
    await fill(act, [['lists.decide.who', 'other']])
    await finish(act)
    await see(row, zh('lists.outcome.decided'))
    const { rows } = await officer.api.lists.listRows.query({ listId })
    expect(rows.map((one) => one.outcome)).toEqual(['added', 'code', 'decided', 'added', 'dropped', 'added'])
    const { rows: namesakes } = await officer.api.employers.listEmployers.query({ search: namesake })
    expect(namesakes.map((one) => one.creditCode).toSorted()).toEqual([aCreditCode(7002), aCreditCode(7004)])
    const file = await officer.ask(`/organisation/lists/${listId}/export.csv`)
    expect(file.text.split('\n').find((line) => line.includes('老厂(新名)'))).toContain(zh('lists.outcome.code'))
  })

  test('leads are opened for those that should have a union, one is assigned', async () => {
    const page = await openScreen(officer, `/organisation/lists/${listId}`)
    await perform(page, 'leads.open', [['leads.assignedTo', '组织部王某']])
    const { rows } = await officer.api.leads.listLeads.query({ listId })
    // The shop is too small, and who has no known headcount is not assumed to be large.
    expect(rows.map((one) => one.employerName)).toEqual([target, known.name, namesake])

    await visit(page, `/organisation/census?leads.search=${encodeURIComponent(target)}`)
    await expectAccessible(page)
    await page.getByRole('button', { name: target, exact: true }).click()
    const side = page.getByRole('dialog', { name: target, exact: true })
    await expectAccessible(page)
    const act = await openAct(side, 'leads.assign')
    await fill(act, [
      ['leads.assignedTo', '李某'],
      ['leads.due', dayAfter(30)],
    ])
    await finish(act)
    await see(side, '李某')
    const lead = await findLead()
    leadId = lead.id
    expect(lead).toMatchObject({ assigned_to: '李某', due_on: dayAfter(30), state: 'found' })
  })

  test('visited, it refuses; departments write together, it complies', async () => {
    // The list shows only leads that were found: the opened one stays open when it moves on.
    const page = await openScreen(officer, `/organisation/census?lead=${leadId}&leads.is.state=found`)
    const side = page.getByRole('dialog', { name: target, exact: true })
    await perform(side, 'visits.recordVisit', [
      ['visits.foundOut', '职工 60 人，愿意听取政策'],
      ['visits.nextStep', '下周再访'],
    ])
    await see(side, '职工 60 人，愿意听取政策')
    expect((await findLead()).state).toBe('contacted')
    await perform(side, 'leads.refuse', [['leads.refusal', '老板认为增加负担']])
    await see(side, '老板认为增加负担')

    expectComplaint(/status of 400/)
    const letter = await openAct(side, 'jointLetters.sendLetter')
    await fill(letter, [
      ['jointLetters.letterNo', '汶工联函〔2026〕故事1号'],
      ['jointLetters.departments', '县税务局\n县市场监督管理局'],
      ['jointLetters.dueOn', today],
    ])
    await expectRefused(letter, 'jointLetters.dueOn', zh('organisation.day'))
    // What was typed is still there.
    expect(await findField(letter, 'jointLetters.departments').inputValue()).toBe('县税务局\n县市场监督管理局')
    await fill(letter, [['jointLetters.dueOn', dayAfter(10)]])
    await finish(letter)

    await visit(page, `/organisation/letters?jointLetters.search=${encodeURIComponent('故事新建材')}`)
    await expectAccessible(page)
    const row = page.locator('tr', { hasText: '汶工联函〔2026〕故事1号' })
    await perform(row, 'jointLetters.answerLetter', [['unions.note', '同意三个月内建会']])
    await see(row, zh('jointLetters.state.complied'))
    expect((await findLead()).state).toBe('contacted')
  })

  test('an instructor and a preparatory group; its union is drafted from the lead', async () => {
    const page = await openScreen(officer, `/organisation/census?lead=${leadId}`)
    const side = page.getByRole('dialog', { name: target, exact: true })
    expectComplaint(/status of 400/)
    const group = await openAct(side, 'leads.group')
    await fill(group, [['leads.part.group_leader', '筹备组长']])
    await group.locator('.gl-dialog-foot .gl-button-main').click()
    await see(group, zh('organisation.lead.fewFounders', { least: 3 }))
    await group.getByRole('button', { name: zh('pages.cancel'), exact: true }).click()
    await perform(side, 'leads.instructor', [
      ['unions.person', '指导员张某'],
      ['leads.instructor.by', '县直机关工委'],
    ])
    await see(side, '指导员张某')
    const again = await openAct(side, 'leads.group')
    await fill(again, [['leads.part.group_leader', '筹备组长']])
    await expectAccessible(page)
    await finish(again)
    await see(side, zh('leads.state.preparing'))

    const draft = await openAct(side, 'unions.draft')
    // How many work there is known from the employer.
    expect(await findField(draft, 'unions.headcount').count()).toBe(0)
    await finish(draft)
    await page.waitForURL(/\/organisation\/unions\/\d+/)
    await see(page, zh('unions.state.preparatory'))
    const unionId = Number(new URL(page.url()).pathname.split('/').at(-1))
    expect((await findLead()).union_id).toBe(unionId)
    const { union } = await officer.api.unions.getUnion.query({ unionId })
    expect(union).toMatchObject({ name: `${target}工会委员会`, headcount: 60, state: 'preparatory', code: null })
  })

  test('a park is visited as well; the log shows both by park', async () => {
    const page = await openScreen(officer, '/organisation/visits')
    await expectAccessible(page)
    // Said by the browser itself: a question that went out would be a complaint of the page.
    const act = await openAct(page, 'visits.recordVisit')
    await expectRefused(act, 'employers.name', zh('errors.inputMissing'))
    await fill(act, [['visits.place', 'park']])
    await fill(act, [
      ['employers.park', park],
      ['visits.foundOut', '园区内尚有两家未建会'],
    ])
    await finish(act)
    await see(page, '园区内尚有两家未建会')
    await page
      .getByRole('group', { name: zh('visits.facet') })
      .getByText(park)
      .click()
    await page.waitForURL(/visits\.facet=/)
    await see(page, zh('tables.total', { count: 2 }))
    const { total } = await officer.api.visits.listVisits.query({ facet: park })
    expect(total).toBe(2)
    const file = await officer.ask(`/lists/visits.listVisits.csv?visits.facet=${encodeURIComponent(park)}`)
    expect(file.text.trim().split('\n')).toHaveLength(3)
  })

  test('a campaign month counts what the records say', async () => {
    const page = await openScreen(officer, '/organisation/campaigns')
    await expectAccessible(page)
    // Said by the browser itself: a question that went out would be a complaint of the page.
    const act = await openAct(page, 'campaigns.openCampaign')
    await fill(act, [
      ['campaigns.name', '故事集中行动'],
      ['campaigns.startsOn', today],
      ['campaigns.endsOn', dayAfter(-1)],
    ])
    await expectRefused(act, 'campaigns.endsOn', zh('organisation.endsBefore'))
    await fill(act, [
      ['campaigns.endsOn', dayAfter(29)],
      ['campaigns.unionGoal', '5'],
    ])
    await finish(act)
    await see(page, '故事集中行动')
    const { rows } = await officer.api.campaigns.listCampaigns.query({})
    const campaign = rows.find((one) => one.name === '故事集中行动')
    const { rows: leads } = await officer.api.leads.listLeads.query({ pageSize: 200 })
    const during = (day: string | null) => day !== null && day >= today
    expect(campaign).toMatchObject({
      visits: 2,
      contacted: leads.filter((lead) => during(lead.contacted_on)).length,
      refused: leads.filter((lead) => during(lead.refused_on)).length,
    })
    const row = page.locator('tr', { hasText: '故事集中行动' })
    await row.getByText(/^\d+ \/ 5$/).waitFor()
    await perform(row, 'campaigns.changeCampaign', [['campaigns.unionGoal', '8']])
    await row.getByText(/^\d+ \/ 8$/).waitFor()
  })

  test('the city sees list, rates and leads without a button; a neighbour sees nothing', async () => {
    const page = await openScreen(city, `/organisation/lists?lists.search=${encodeURIComponent('税务故事')}`)
    await see(page.locator('tr', { hasText: '汶川县税务故事名录' }), '汶川县')
    await visit(page, `/organisation/lists/${listId}`)
    await see(page, target)
    expect(await findButton(page, 'leads.open').count()).toBe(0)
    await visit(page, `/organisation/employers?list=${encodeURIComponent(`tax:${version}`)}&body=513221`)
    const line = page.locator('tr', { hasText: '汶川县总工会' })
    await see(line, '5')
    await expectAccessible(page)
    await visit(page, `/organisation/census?lead=${leadId}&body=513221`)
    await see(page.getByRole('dialog', { name: target, exact: true }), zh('leads.state.preparing'))
    expect(await findButton(page, 'leads.assign').count()).toBe(0)

    const narrowed = await city.api.leads.listLeads.query({ body: '513222', search: '故事' })
    expect(narrowed.total).toBe(0)
    const { total } = await neighbour.api.leads.listLeads.query({ search: '故事' })
    expect(total).toBe(0)
    expect((await neighbour.ask(`/organisation/lists/${listId}`)).status).toBe(404)
    const asked = await neighbour.ask(`/organisation/census?lead=${leadId}`)
    expect(asked.text).not.toContain('故事')
    const phone = await openScreen(officer, `/organisation/census?lead=${leadId}`, { size: 'phone', locale: 'en' })
    await phone.getByRole('dialog', { name: target, exact: true }).waitFor()
    await expectAccessible(phone)
  })
})
