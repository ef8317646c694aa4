import { beforeAll, expect, inject, test } from 'vitest'
import { approveUnion, type ApprovedUnion } from './approved-union.ts'
import { fill, openAct, submit } from './acts.ts'
import { see } from './hand.ts'
import { nobody, signIn, type Person } from './person.ts'
import { expectAccessible, openScreen } from './screen.ts'
import { zh } from './words.ts'

const path = 'unions.approval'
let officer: Person
let leader: Person
let union: ApprovedUnion

beforeAll(async () => {
  ;[officer, leader] = await Promise.all([signIn('513221-officer'), signIn('513221-leader')])
  union = await approveUnion(officer, leader, '汶川文书单位')
})
const read = () => officer.api.papers.readPaper.query({ path, id: union.unionId })

test('a leader signs an approval on the page of its union; anybody checks it; withdrawn it counts no more', async () => {
  const page = await openScreen(leader, `/organisation/unions/${union.unionId}`)
  await see(page, zh('papers.draft'))
  await submit(await openAct(page, 'papers.issue'))
  await page.getByText(zh('papers.signed', { number: (await read()).number ?? '', day: (await read()).day })).waitFor()
  const { seal, title } = await read()
  const address = `/check/${seal?.token}`
  const stranger = await openScreen(nobody, address, { size: 'phone' })
  await see(stranger, zh('papers.check.genuine'))
  for (const fact of [title, seal?.hash ?? 'no hash']) await see(stranger, fact)
  await expectAccessible(stranger)
  const dialog = await openAct(page, 'papers.withdraw')
  await fill(dialog, [['papers.withdraw.reason', '文号有误']])
  await submit(dialog)
  await see(page, zh('papers.withdrawn'))
  await stranger.reload()
  await see(stranger, zh('papers.check.withdrawn'))
})

test('an approval prints on A4 without buttons, reads on a phone, and comes as a Word file', async () => {
  await leader.api.papers.issuePaper.mutate({ path, id: union.unionId })
  const print = `/papers/${path}/${union.unionId}`
  const page = await openScreen(officer, print)
  await see(page, `${(await read()).issuer}关于同意成立${union.name}的批复`)
  await expectAccessible(page)
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('.paper-tools').isVisible()).toBe(false)
  expect((await page.pdf({ preferCSSPageSize: true })).subarray(0, 5).toString()).toBe('%PDF-')
  const phone = await openScreen(officer, print, { size: 'phone' })
  expect(await phone.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  const answer = await fetch(`${inject('house').url}${print}/paper.docx`, { headers: { cookie: officer.cookie } })
  expect(answer.headers.get('content-disposition')).toContain(encodeURIComponent('的批复.docx'))
  // A zip archive names its parts in clear.
  expect(Buffer.from(await answer.arrayBuffer()).toString('latin1')).toMatch(/^PK.*word\/document\.xml/s)
})

test('whoever asks for unknown papers again and again has to wait, others do not', async () => {
  const statuses: number[] = []
  const ask = async (from: string, turn: number) => {
    const headers = { 'x-forwarded-for': from }
    statuses.push((await nobody.ask(`/check/${'B'.repeat(20)}${1000 + turn}`, { headers })).status)
  }
  for (let turn = 0; turn < 13; turn++) await ask('203.0.113.7', turn)
  expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 200))
  expect(statuses.at(-1)).toBe(429)
  await ask('203.0.113.8', 99)
  expect(statuses.at(-1)).toBe(200)
})
