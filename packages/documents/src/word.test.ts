import { unzipSync, strFromU8 } from 'fflate'
import { SaxesParser } from 'saxes'
import { describe, expect, test } from 'vitest'
import { drawCodePicture } from './code-pictures.ts'
import { officialForm, typefaces } from './form.ts'
import type { Sheet } from './sheets.ts'
import { bodyPaper } from './testing-paper.ts'
import { writeWord } from './word.ts'

const hash = 'ab'.repeat(32)
const sheet: Sheet = {
  ...bodyPaper.lay({ name: '汶川县<&>总工会', initials: 'wcx' }),
  path: bodyPaper.path,
  id: 1,
  head: 'red',
  issuer: '汶川县总工会',
  number: '测发〔2026〕1号',
  day: '2026年11月3日',
  isSigned: true,
  state: 'issued',
  seal: { token: 'x'.repeat(24), hash },
}

type Node = { name: string; attributes: Record<string, string>; path: string; text: string }

/** Every element of a part, with the path of elements above it. */
function readPart(content: Uint8Array): Node[] {
  const nodes: Node[] = []
  const open: Node[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    const node = { name, attributes: { ...attributes }, path: open.map((one) => one.name).join('>'), text: '' }
    nodes.push(node)
    open.push(node)
  })
  parser.on('text', (text) => {
    const last = open.at(-1)
    if (last) last.text += text
  })
  parser.on('closetag', () => void open.pop())
  parser.on('error', (error) => {
    throw error
  })
  parser.write(strFromU8(content)).close()
  return nodes
}

async function openWord(given: Sheet, address: string | null, marks: readonly string[] = []) {
  const parts = unzipSync(new Uint8Array(await writeWord(given, address, marks)))
  const main = parts['word/document.xml']
  if (!main) throw new Error('no document in the file')
  const nodes = readPart(main)
  const texts = nodes.filter(({ name }) => name === 'w:t').map(({ text }) => text)
  return { parts, nodes, texts, only: (name: string) => nodes.filter((node) => node.name === name) }
}
const twips = (millimetres: number) => Math.floor((millimetres / 25.4) * 72 * 20)

describe('a Word file read back', () => {
  test('has the paper and margins of GB/T 9704', async () => {
    const { only } = await openWord(sheet, 'http://localhost/check/x')
    const [size] = only('w:pgSz')
    const [margins] = only('w:pgMar')
    const { margin, page } = officialForm
    expect(size?.attributes).toMatchObject({ 'w:w': String(twips(page.width)), 'w:h': String(twips(page.height)) })
    expect(margins?.attributes).toMatchObject({
      'w:top': String(twips(margin.top)),
      'w:bottom': String(twips(margin.bottom)),
      'w:left': String(twips(margin.left)),
      'w:right': String(twips(margin.right)),
    })
    expect(margin).toEqual({ top: 37, bottom: 35, left: 28, right: 26 })
  })

  test('says the number, title, addressee, text, table and signature in this order, every sign kept', async () => {
    const { texts } = await openWord(sheet, null)
    const wanted = [
      '汶川县总工会',
      '测发〔2026〕1号',
      '关于确认汶川县<&>总工会的通知',
      '各有关单位：',
      '一、确认事项',
      '（一）名称',
      '名称为汶川县<&>总工会，缩写为wcx。',
      '序号',
      '名称',
      '1',
      '汶川县<&>总工会',
      '汶川县总工会',
      '2026年11月3日',
    ]
    expect(texts.filter((text) => text !== '')).toEqual(wanted)
  })

  test('sets each part in its typeface and size, text in lines of exactly 28 points', async () => {
    const { nodes, only } = await openWord(sheet, null)
    const faceOf = (text: string) => {
      const at = nodes.findIndex((node) => node.name === 'w:t' && node.text === text)
      const before = nodes.slice(0, at)
      const fonts = before.findLast((node) => node.name === 'w:rFonts')?.attributes
      const size = before.findLast((node) => node.name === 'w:sz')?.attributes['w:val']
      return [fonts?.['w:eastAsia'], Number(size) / 2]
    }
    expect(faceOf('关于确认汶川县<&>总工会的通知')).toEqual(['方正小标宋简体', 22])
    expect(faceOf('一、确认事项')).toEqual(['黑体', 16])
    expect(faceOf('（一）名称')).toEqual(['楷体_GB2312', 16])
    expect(faceOf('名称为汶川县<&>总工会，缩写为wcx。')).toEqual(['仿宋_GB2312', 16])
    expect(typefaces.text[0]).toBe('仿宋_GB2312')
    const spacings = only('w:spacing').filter(({ attributes }) => attributes['w:lineRule'] === 'exact')
    expect(spacings.length).toBeGreaterThan(8)
    expect(spacings.filter(({ attributes }) => attributes['w:line'] === '560').length).toBe(spacings.length - 1)
  })

  test('has a red name and line only where the paper has a red head', async () => {
    const reds = async (given: Sheet) =>
      (await openWord(given, null)).nodes.filter(({ attributes }) => Object.values(attributes).includes('FF0000'))
        .length
    expect(await reds(sheet)).toBe(2)
    expect(await reds({ ...sheet, head: 'plain' })).toBe(0)
  })

  test('numbers its pages at the outer edge', async () => {
    const { parts } = await openWord(sheet, null)
    const footers = Object.keys(parts).filter((name) => /^word\/footer\d\.xml$/.test(name))
    expect(footers).toHaveLength(2)
    const sides = footers.map(
      (name) => readPart(parts[name] ?? new Uint8Array()).find((node) => node.name === 'w:jc')?.attributes['w:val'],
    )
    expect(sides.toSorted()).toEqual(['left', 'right'])
  })

  test('carries the code and the whole hash if it is signed, and neither if it is not', async () => {
    const address = 'https://gonglian.example/check/xxxxxxxxxxxxxxxxxxxxxxxx'
    const signed = await openWord(sheet, address)
    const pictures = Object.entries(signed.parts).filter(([name]) => /^word\/media\/./.test(name))
    expect(pictures.map(([, content]) => Buffer.from(content))).toEqual([drawCodePicture(address)])
    expect(signed.texts.join('')).toContain(hash)
    const draft = await openWord({ ...sheet, seal: null }, null, ['草稿，未签发'])
    expect(Object.keys(draft.parts).filter((name) => name.startsWith('word/media/'))).toEqual([])
    expect(draft.texts.join('')).not.toContain(hash)
    expect(draft.texts).toContain('草稿，未签发')
  })
})
