import { Icon, useText } from '@gonglian/ui'

export type PaperLinksProps = {
  readonly path: string
  readonly id: number
  /** What the paper is called. */
  readonly name: string
  /** Words in a row of a list, not buttons. */
  readonly quiet?: boolean
}

/** The print page of a declared paper, and its Word file. */
export function PaperLinks({ path, id, name, quiet = false }: PaperLinksProps) {
  const text = useText()
  const address = `/papers/${path}/${id}`
  const look = quiet ? 'gl-link-button' : 'gl-button'
  return (
    <>
      <a
        className={look}
        href={address}
        target="_blank"
        rel="noreferrer"
        aria-label={`${name} ${text('papers.print')}`}
      >
        {quiet ? (
          name
        ) : (
          <>
            <Icon name="print" size={15} /> {text('papers.print')}
          </>
        )}
      </a>
      <a className={look} href={`${address}/paper.docx`} download aria-label={`${name} ${text('papers.word')}`}>
        {quiet ? 'Word' : text('papers.word')}
      </a>
    </>
  )
}
