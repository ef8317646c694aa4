import { createContext, useContext, type PropsWithChildren } from 'react'

/** A figure as it is stored: the integer, its mark, the upper end of a range. */
export type StoredFigure = {
  readonly value: number | null
  readonly mark: number
  readonly upper?: number | null
}

export type FigureTarget = { readonly unit: string; readonly scale: number }

export type ReadFigure =
  | { readonly ok: true; readonly value: number | null; readonly mark: number; readonly upper: number | null }
  | { readonly ok: false; readonly key: string; readonly params: Readonly<Record<string, string | number>> }

/**
 * How figures are read from what one types and written as one would type them. The rules are the catalogue's, which this
 * package doesn't know: the application hands them in, so that browser and server read alike.
 */
export type FigureHand = {
  readonly read: (text: string, target: FigureTarget) => ReadFigure
  /** What `read` reads back to the same figure. */
  readonly write: (figure: StoredFigure, target: FigureTarget) => string
}

const HandContext = createContext<FigureHand | null>(null)

export function FigureHandProvider({ hand, children }: PropsWithChildren<{ readonly hand: FigureHand }>) {
  return <HandContext.Provider value={hand}>{children}</HandContext.Provider>
}

export function useFigureHand(): FigureHand {
  const hand = useContext(HandContext)
  if (!hand) throw new Error('A grid stands outside a FigureHandProvider')
  return hand
}
