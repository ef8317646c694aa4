import type { RouterOutputs } from '@gonglian/api'
import { translate } from '@gonglian/ui/messages'

type Sheet = RouterOutputs['papers']['readPaper']
export type PaperSheetProps = {
  readonly sheet: Sheet
  /** Why it doesn't count; null: it does. */
  readonly mark: string | null
  readonly code: { readonly size: number; readonly path: string } | null
}

const chinese = 'zh-CN'

/** One paper in the form of GB/T 9704. It is Chinese whatever language the reader has. */
export function PaperSheet({ sheet, mark, code }: PaperSheetProps) {
  return (
    <article className="paper" lang={chinese}>
      {mark === null ? null : <p className="paper-mark">{mark}</p>}
      {sheet.head === 'red' ? (
        <header className="paper-head">
          <p className="paper-issuer">{sheet.issuer}</p>
          <p className="paper-number">{sheet.number}</p>
        </header>
      ) : null}
      <h1>{sheet.title}</h1>
      {sheet.to === null ? null : <p className="paper-to">{sheet.to}：</p>}
      {sheet.blocks.map((block, index) => (
        <PaperBlock key={index} block={block} />
      ))}
      <div className="paper-signature">
        <p>{sheet.issuer}</p>
        <p>{sheet.day}</p>
      </div>
      {code === null || sheet.seal === null ? null : (
        <footer className="paper-check">
          <svg
            viewBox={`0 0 ${code.size} ${code.size}`}
            role="img"
            aria-label={translate(chinese, 'papers.code.label')}
          >
            <path d={code.path} />
          </svg>
          <div>
            <p>{translate(chinese, 'papers.code')}</p>
            <p className="paper-hash">{translate(chinese, 'papers.hash', { hash: sheet.seal.hash })}</p>
          </div>
        </footer>
      )}
    </article>
  )
}

function PaperBlock({ block }: { readonly block: Sheet['blocks'][number] }) {
  if (block.kind === 'text') return <p className="paper-text">{block.text}</p>
  if (block.kind === 'heading')
    return block.level === 1 ? (
      <h2 className="paper-text">{block.text}</h2>
    ) : (
      <h3 className="paper-text">{block.text}</h3>
    )
  return (
    <table>
      <thead>
        <tr>
          {block.heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {block.rows.map((cells, index) => (
          <tr key={index}>
            {cells.map((cell, at) => (
              <td key={at}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
