import { useState } from 'react'
import { formatDateTime } from './dates.ts'
import { Dialog } from './dialog.tsx'
import { useText } from './text.tsx'

export type Conflict = {
  readonly key: string
  /** What it is, for example the item of the form. */
  readonly label: string
  readonly mine: string
  readonly theirs: string
}

export type ConflictChoice = 'mine' | 'theirs'

export type ConflictNoticeProps = {
  readonly conflicts: readonly Conflict[]
  readonly who: string
  /** Null where it is not known. */
  readonly when: string | null
  readonly onResolve: (choices: Readonly<Record<string, ConflictChoice>>) => void
  readonly onClose: () => void
}

/** Somebody saved first: shows each cell both changed and lets the reader choose; nothing is lost without a choice. */
export function ConflictNotice({ conflicts, who, when, onResolve, onClose }: ConflictNoticeProps) {
  const text = useText()
  const [choices, setChoices] = useState<Readonly<Record<string, ConflictChoice>>>({})
  const chooseAll = (choice: ConflictChoice) =>
    setChoices(Object.fromEntries(conflicts.map(({ key }) => [key, choice])))
  const complete = conflicts.every(({ key }) => choices[key] !== undefined)
  return (
    <Dialog
      open={conflicts.length > 0}
      onClose={onClose}
      title={text('conflict.title')}
      wide
      footer={
        <>
          <button type="button" className="gl-button" onClick={() => chooseAll('mine')}>
            {text('conflict.allMine')}
          </button>
          <button type="button" className="gl-button" onClick={() => chooseAll('theirs')}>
            {text('conflict.allTheirs')}
          </button>
          <button
            type="button"
            className="gl-button gl-button-main"
            disabled={!complete}
            onClick={() => onResolve(choices)}
          >
            {text('conflict.resolve')}
          </button>
        </>
      }
    >
      <p>
        {when === null
          ? text('conflict.textUndated', { who })
          : text('conflict.text', { who, when: formatDateTime(when) })}
      </p>
      <table className="gl-plain-table">
        <thead>
          <tr>
            <th scope="col">{text('conflict.cell')}</th>
            <th scope="col">{text('conflict.mine')}</th>
            <th scope="col">{text('conflict.theirs')}</th>
          </tr>
        </thead>
        <tbody>
          {conflicts.map((conflict) => (
            <tr key={conflict.key}>
              <th scope="row">{conflict.label}</th>
              {(['mine', 'theirs'] as const).map((choice) => (
                <td key={choice}>
                  <label className="gl-choice">
                    <input
                      type="radio"
                      name={`conflict-${conflict.key}`}
                      checked={choices[conflict.key] === choice}
                      onChange={() => setChoices({ ...choices, [conflict.key]: choice })}
                      aria-label={`${conflict.label}: ${text(choice === 'mine' ? 'conflict.keepMine' : 'conflict.takeTheirs')} ${conflict[choice]}`}
                    />
                    {conflict[choice] === '' ? '—' : conflict[choice]}
                  </label>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  )
}
