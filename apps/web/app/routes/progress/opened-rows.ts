import { useCallback, useEffect, useMemo, useState } from 'react'
import { api } from '../../act.ts'
import { useOpened } from '../../address.ts'
import type { Board, BoardRow } from './choice.ts'

/** Which bodies of the board are opened, and those below them. Kept in the address, so that a colleague sees the same. */
export function useOpenedRows(board: Board) {
  const [written, show] = useOpened('open')
  const open = useMemo(() => (written ?? '').split(',').filter((code) => code !== ''), [written])
  const question = `${board.item.id} ${board.period}`
  const [below, setBelow] = useState<{ question: string; rows: ReadonlyMap<string, readonly BoardRow[]> }>({
    question,
    rows: new Map(),
  })
  const [failed, setFailed] = useState(false)

  // `board` comes anew when its totals move: then the opened rows are asked for again, too.
  useEffect(() => {
    if (open.length === 0) return
    let stale = false
    const ask = async (code: string) => {
      const { rows } = await api.progress.getBoard.query({ itemId: board.item.id, period: board.period, body: code })
      return [code, rows] as const
    }
    Promise.all(open.map(ask)).then(
      (found) => {
        if (stale) return
        setFailed(false)
        setBelow({ question, rows: new Map(found) })
      },
      () => stale || setFailed(true),
    )
    return () => {
      stale = true
    }
  }, [board, question, open])

  const toggle = useCallback(
    (code: string, isOpen: boolean) => {
      const next = isOpen ? [...open, code] : open.filter((one) => one !== code)
      show(next.length === 0 ? null : next.join(','))
    },
    [open, show],
  )
  return { open, below: below.question === question ? below.rows : noRows, failed, toggle }
}

const noRows: ReadonlyMap<string, readonly BoardRow[]> = new Map()
