import { crc32, deflateSync } from 'node:zlib'

/** A drawn picture that stands for a photograph: a wall, and a sign in the colour given. Nobody is on it. */
export function drawSign(red: number, green: number, blue: number, { width = 480, height = 320 } = {}): Buffer {
  const lines = Buffer.alloc((width * 3 + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isSign = x > width * 0.3 && x < width * 0.7 && y > height * 0.2 && y < height * 0.85
      const isEdge = isSign && (x < width * 0.32 || x > width * 0.68 || y < height * 0.23 || y > height * 0.82)
      const wall = 226 - Math.floor((y / height) * 30)
      const [r, g, b] = isEdge ? [120, 90, 40] : isSign ? [red, green, blue] : [wall, wall - 4, wall - 14]
      lines.set([r, g, b], y * (width * 3 + 1) + 1 + x * 3)
    }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  // Eight bits of red, green and blue each.
  head.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    writePart('IHDR', head),
    writePart('IDAT', deflateSync(lines)),
    writePart('IEND', Buffer.alloc(0)),
  ])
}

function writePart(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name), data])
  const part = Buffer.alloc(body.length + 8)
  part.writeUInt32BE(data.length, 0)
  body.copy(part, 4)
  part.writeUInt32BE(crc32(body), body.length + 4)
  return part
}
