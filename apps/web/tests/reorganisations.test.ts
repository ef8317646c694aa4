import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { choose, fill } from './acts.ts'
import { today } from './days.ts'
import { findButton, see } from './hand.ts'
import { signIn, type Person } from './person.ts'
import { expectAccessible, expectComplaint, openScreen } from './screen.ts'
import { say, zh } from './words.ts'

let leader: Person
let officer: Person
// Townships of a county that no other test is about.
let moved = ''
let closing = { code: '', name: '' }
let successor = ''

beforeAll(async () => {
  ;[leader, officer] = await Promise.all([signIn('5132-leader'), signIn('5132-officer')])
  const [first, second, third] = (await leader.api.bodies.listChildren.query({ code: '513230' })).rows
  moved = first?.code ?? ''
  closing = { code: second?.code ?? '', name: second?.name ?? '' }
  successor = third?.name ?? ''
})

const grounds = [
  ['reorganisation.day', today],
  ['reorganisation.reason', '区划调整'],
  ['reorganisation.document', '阿工〔2026〕8号'],
] as const

async function openWizard(person: Person, code: string, kind: 'open' | 'move' | 'merge' | 'close'): Promise<Page> {
  const page = await openScreen(person, `/bodies/${code}/reorganise`)
  await findButton(page, `reorganisation.kind.${kind}`).click()
  return page
}
const main = (page: Page) => page.locator('article.body-page')

describe.sequential('a reorganisation', () => {
  test('begins on the body’s page, for the body above alone', async () => {
    const page = await openScreen(leader, '/bodies/513230')
    await page.getByRole('link', { name: zh('reorganisation.open') }).click()
    await page.waitForURL(/\/bodies\/513230\/reorganise/)
    await see(main(page), zh('reorganisation.of', { name: '壤塘县总工会' }))
    await expectAccessible(page)
    const own = await openScreen(leader, '/bodies/5132/reorganise')
    // The own body is for the superior: here a new one may be opened below it.
    expect(
      await own
        .getByRole('group', { name: zh('reorganisation.kind') })
        .getByRole('button')
        .allTextContents(),
    ).toEqual([zh('reorganisation.kind.open')])
    const english = await openScreen(officer, '/bodies/513230/reorganise', { size: 'phone', locale: 'en' })
    await see(main(english), say('en', 'reorganisation.text'))
    await expectAccessible(english)
  })

  test('opens a body after a preview of what is expected of it', async () => {
    const page = await openWizard(leader, '513230', 'open')
    expectComplaint(/400/)
    await fill(main(page), [
      ['reorganisation.code', '513230998'],
      ['reorganisation.newBody', '壤塘试验镇总工会'],
      ['reorganisation.reason', '新设'],
      ['reorganisation.day', '2026-01-01'],
    ])
    await findButton(page, 'reorganisation.preview').click()
    await main(page).getByRole('alert').first().waitFor()
    await fill(main(page), grounds)
    await findButton(page, 'reorganisation.preview').click()
    await see(main(page), zh('reorganisation.part.opened'))
    await expectAccessible(page)
    await findButton(page, 'reorganisation.confirm').click()
    await page.waitForURL(/\/bodies\/513230(\?|$)/)
    await see(main(page), '壤塘试验镇总工会')
    await see(main(page), '阿工〔2026〕8号')
  })

  test('is previewed by an officer, who does not decide', async () => {
    const page = await openWizard(officer, moved, 'move')
    await choose(main(page), 'reorganisation.parent', '黑水县')
    await fill(main(page), grounds)
    await findButton(page, 'reorganisation.preview').click()
    await see(main(page), zh('reorganisation.officer'))
    expect(await findButton(page, 'reorganisation.confirm').count()).toBe(0)
  })

  test('shows the preview again when something changed meanwhile, then moves the body', async () => {
    const page = await openWizard(leader, moved, 'move')
    await choose(main(page), 'reorganisation.parent', '黑水县')
    await fill(main(page), grounds)
    await findButton(page, 'reorganisation.preview').click()
    await findButton(page, 'reorganisation.confirm').waitFor()
    // Somebody renames the county meanwhile.
    const plan = { kind: 'rename', body: '513228', name: '黑水县工会联合会', day: today, reason: '更名' } as const
    const { version } = await leader.api.bodies.previewReorganisation.mutate({ plan })
    await leader.api.bodies.reorganise.mutate({ plan, version })
    expectComplaint(/409/)
    await findButton(page, 'reorganisation.confirm').click()
    await see(main(page), zh('reorganisation.stale'))
    await see(main(page), '黑水县工会联合会')
    await findButton(page, 'reorganisation.confirm').click()
    await page.waitForURL(new RegExp(`/bodies/${moved}(\\?|$)`))
    await see(main(page), zh('reorganisation.kind.move'))
    const former = await openScreen(leader, `/bodies?find=${encodeURIComponent('黑水县总工会')}`)
    await see(former.locator('.bodies-hits'), zh('reorganisation.formerly.found', { name: '黑水县总工会' }))
  })

  test('merges one into another and closes it only with its name typed', async () => {
    const page = await openWizard(leader, '513230998', 'merge')
    await choose(main(page), 'reorganisation.into', successor)
    await fill(main(page), grounds)
    await findButton(page, 'reorganisation.preview').click()
    // Opened today, so it cannot end today: said before anything is done.
    expectComplaint(/400/)
    await main(page).getByRole('alert').first().waitFor()
    const close = await openWizard(leader, closing.code, 'close')
    await choose(main(close), 'reorganisation.successor', successor)
    await fill(main(close), grounds)
    await findButton(close, 'reorganisation.preview').click()
    await findButton(close, 'reorganisation.confirm').click()
    await see(main(close), zh('reorganisation.typeName.wrong'))
    await main(close)
      .getByLabel(zh('reorganisation.typeName', { name: closing.name }))
      .fill(closing.name)
    await findButton(close, 'reorganisation.confirm').click()
    await close.waitForURL(new RegExp(`/bodies/${closing.code}(\\?|$)`))
    await see(main(close), zh('body.closed'))
    await see(main(close), zh('reorganisation.successorOf'))
  })
})
