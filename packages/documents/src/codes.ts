import { encode } from 'uqr'

/** A QR code as the path of a drawing of `size` times `size`, quiet border included. */
export type DrawnCode = { readonly size: number; readonly path: string }

const quietBorder = 4

/** The squares of the code of a text, row by row. */
export const encodeText = (text: string) => encode(text, { border: quietBorder, ecc: 'M' })

/** Draws a text as a QR code for a page. */
export function drawCode(text: string): DrawnCode {
  const { data, size } = encodeText(text)
  const squares = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
  return { size, path: squares.join('') }
}
