import type { LoaderFunctionArgs } from '@remix-run/node'
import { writeWord } from '@gonglian/documents/word'
import { translate } from '@gonglian/ui/messages'
import { fileHeaders } from '../../table-file.ts'
import { readPaper, stateMarks } from './paper.ts'

/** `GET /papers/<paper>/<id>/paper.docx`: a declared paper as a Word file. */
export async function loader(args: LoaderFunctionArgs) {
  const { sheet, address } = await readPaper(args)
  const marks = !sheet.isSigned || sheet.state === 'issued' ? [] : [translate('zh-CN', stateMarks[sheet.state])]
  const content = await writeWord(sheet, address, marks)
  return new Response(new Uint8Array(content), { headers: fileHeaders(sheet.title, 'docx') })
}
