import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { drawCode } from '@gonglian/documents/codes'
import { translate } from '@gonglian/ui/messages'
import { useText } from '@gonglian/ui/text'
import paperStyles from '../../styles/papers.css?url'
import { readPaper, stateMarks } from './paper.ts'
import { PaperSheet } from './paper-sheet.tsx'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: paperStyles }]

/** `GET /papers/<paper>/<id>`: a declared paper as it prints, without the frame. */
export async function loader(args: LoaderFunctionArgs) {
  const { sheet, address } = await readPaper(args)
  return {
    sheet,
    mark: !sheet.isSigned || sheet.state === 'issued' ? null : translate('zh-CN', stateMarks[sheet.state]),
    code: address === null ? null : drawCode(address),
    word: `/papers/${sheet.path}/${sheet.id}/paper.docx`,
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => (data ? [{ title: data.sheet.title }] : [])

export default function PrintedPaper() {
  const { sheet, mark, code, word } = useLoaderData<typeof loader>()
  const text = useText()
  return (
    <main className="paper-page">
      <div className="paper-tools">
        <button type="button" className="gl-button gl-button-main" onClick={() => window.print()}>
          {text('papers.print')}
        </button>
        <a className="gl-button" href={word} download>
          {text('papers.word')}
        </a>
      </div>
      <PaperSheet sheet={sheet} mark={mark} code={code} />
    </main>
  )
}
