import type { Locator } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { approveUnion, type ApprovedUnion } from './approved-union.ts'
import { download } from './download.ts'
import { choose, findField, finish, openDialog, readFault } from './fields.ts'
import { findButton, press, see } from './hand.ts'
import { signIn, type Person } from './person.ts'
import { addRow, findCell } from './rows.ts'
import { expectAccessible, expectComplaint, openScreen, visit } from './screen.ts'
import { zh } from './words.ts'

/** Of this size alone: the list of this story holds for no union of another test. */
const headcount = 8300

let officer: Person
let leader: Person
let union: ApprovedUnion

beforeAll(async () => {
  ;[officer, leader] = await Promise.all([signIn('513230-officer'), signIn('513230-leader')])
  union = await approveUnion(officer, leader, '壤塘藏茶合作社', headcount)
})

describe('a check-list and the ledger it asks for', () => {
  test('the leader issues it, item by item, for unions of a size', async () => {
    const page = await openScreen(leader, '/organisation/checklists')
    await expectAccessible(page)
    const dialog = await openDialog(page, 'checklists.define')
    await expectAccessible(page)
    // Neither a code nor English is asked for on a Chinese page.
    expect(await dialog.getByText(/编码|英文/).count()).toBe(0)
    await findField(dialog, 'checklists.nameZh').fill('藏')
    await findField(dialog, 'checklists.enforcement').selectOption('blocking')
    await findCell(dialog, 'checklists.items', 'checklists.item.zh', 1).fill('有牌子')
    await findCell(dialog, 'checklists.items', 'checklists.item.evidence', 1).selectOption('photo')
    await addRow(dialog, 'checklists.items')
    await findCell(dialog, 'checklists.items', 'checklists.item.zh', 2).fill('有制度')
    await findCell(dialog, 'checklists.items', 'checklists.item.evidence', 2).selectOption('document')
    await findField(dialog, 'audience.minHeadcount').fill('8000')
    await findField(dialog, 'audience.maxHeadcount').fill('8999')
    expectComplaint(/status of 400/)
    await press(dialog, 'checklists.define')
    await dialog.getByRole('alert').waitFor()
    expect(await readFault(findField(dialog, 'checklists.nameZh'))).toBe(zh('errors.inputShort', { limit: 2 }))
    expect(await findCell(dialog, 'checklists.items', 'checklists.item.zh', 2).inputValue()).toBe('有制度')
    await findField(dialog, 'checklists.nameZh').fill('藏茶企业“四有”')
    await finish(dialog, 'checklists.define')
    await see(page, '藏茶企业“四有”')
    const { rows: lists } = await leader.api.checklists.listChecklists.query({})
    const checklistId = lists.find(({ nameZh }) => nameZh === '藏茶企业“四有”')?.checklistId ?? 0
    expect(await leader.api.checklists.getChecklist.query({ checklistId })).toMatchObject({
      enforcement: 'blocking',
      minHeadcount: 8000,
      maxHeadcount: 8999,
      items: [
        { textZh: '有牌子', textEn: '有牌子', evidenceKind: 'photo' },
        { textZh: '有制度', evidenceKind: 'document' },
      ],
    })
  })

  test('the union’s ledger is filled with files that are what they must be; then nothing blocks it', async () => {
    const page = await openScreen(officer, `/organisation/unions/${union.unionId}/ledger`)
    await see(page, zh('ledgers.acceptance.blocking', { count: 2 }))
    await expectAccessible(page)
    const [first, second] = [page.locator('.ledger-item').nth(0), page.locator('.ledger-item').nth(1)]
    const store = (place: Locator, item: string, name: string, mimeType: string, buffer: Buffer) =>
      place.getByLabel(zh('ledgers.evidence.store', { item })).setInputFiles({ name, mimeType, buffer })
    await first.getByRole('radio', { name: zh('ledgers.met.tick'), exact: true }).check()
    expectComplaint(/status of 400/)
    await press(page, 'ledgers.save', { count: 1 })
    await see(first, zh('organisation.evidenceMissing'))
    await store(first, '有牌子', '牌子.jpg', 'image/jpeg', Buffer.from('not a picture'))
    await see(first, zh('files.type', { endings: 'JPG、PNG、PDF' }))
    await expectAccessible(page)
    await store(first, '有牌子', '牌子.jpg', 'image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 7]))
    await first.getByRole('link', { name: /下载佐证材料/ }).waitFor()
    await second.getByRole('radio', { name: zh('ledgers.met.tick'), exact: true }).check()
    await store(second, '有制度', '制度.pdf', 'application/pdf', Buffer.from('%PDF-1.4 制度'))
    await second.getByRole('link', { name: /下载佐证材料/ }).waitFor()
    await press(page, 'ledgers.save', { count: 2 })
    await see(page, zh('ledgers.acceptance.met'))
    const ledger = await officer.api.checklists.getLedger.query({ unionId: union.unionId })
    expect(ledger).toMatchObject({ met: 2, total: 2, completeness: 10_000 })
    const bytes = await download(page, () => first.getByRole('link', { name: /下载佐证材料/ }).click())
    expect([...bytes]).toEqual([0xff, 0xd8, 0xff, 0xe0, 7])

    await visit(page, '/organisation/evidence')
    await see(page, '牌子.jpg')
    await see(page, '制度.pdf')
    await expectAccessible(page)
    const { text } = await officer.ask('/lists/evidence.listEvidence.csv')
    expect(text).toContain('制度.pdf')
  })
})

describe('demonstration points', () => {
  test('named once for each topic, listed for superiors, ended by whoever named it', async () => {
    const page = await openScreen(leader, '/organisation/demo-points')
    await expectAccessible(page)
    const name = async () => {
      const dialog = await openDialog(page, 'demoPoints.nameDemoPoint')
      await choose(dialog, 'registers.union', union.name)
      await findField(dialog, 'demoPoints.topic').selectOption('openness')
      await findField(dialog, 'demoPoints.reason').fill('厂务公开栏每周更新')
      return dialog
    }
    await finish(await name(), 'demoPoints.nameDemoPoint')
    await see(page, '厂务公开栏每周更新')
    expectComplaint(/status of 409/)
    const twice = await name()
    await press(twice, 'demoPoints.nameDemoPoint')
    await see(twice, zh('organisation.demoPointTwice'))
    await expectAccessible(page)
    await press(twice, 'pages.cancel')

    const superior = await signIn('5132-leader')
    const search = `?demoPoints.search=${encodeURIComponent('藏茶合作社')}`
    const above = await openScreen(superior, `/organisation/demo-points${search}`)
    await see(above, union.name)
    expect(await findButton(above, 'demoPoints.endDemoPoint').count()).toBe(0)
    const { text } = await superior.ask(`/lists/demoPoints.listDemoPoints.csv${search}`)
    expect(text).toContain('厂务公开栏每周更新')

    const row = page.locator('tr', { hasText: union.name })
    await finish(await openDialog(page, 'demoPoints.endDemoPoint', {}, row), 'demoPoints.endDemoPoint')
    await see(page, zh('demoPoints.empty'))
    expect((await leader.api.demoPoints.listDemoPoints.query({ search: '藏茶合作社' })).total).toBe(0)
  })
})
