import { crc32, deflateSync } from 'node:zlib'
import { encodeText } from './codes.ts'

/** Points of the picture for each square of the code, so that printers draw sharp edges. */
const pointsPerSquare = 8

function writeChunk(name: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(content.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

/** Draws a text as a QR code in a PNG picture of one bit a point, for a Word file. */
export function drawCodePicture(text: string): Buffer {
  const { data, size } = encodeText(text)
  const width = size * pointsPerSquare
  const bytesPerRow = Math.ceil(width / 8)
  const rows = data.flatMap((row) => {
    const line = Buffer.alloc(1 + bytesPerRow)
    row.forEach((dark, x) => {
      if (!dark) line.fill(0xff, 1 + x, 2 + x)
    })
    return Array.from({ length: pointsPerSquare }, () => line)
  })
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(width, 4)
  // One bit a point, in greys.
  head.writeUInt8(1, 8)
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    writeChunk('IHDR', head),
    writeChunk('IDAT', deflateSync(Buffer.concat(rows))),
    writeChunk('IEND', Buffer.alloc(0)),
  ])
}
