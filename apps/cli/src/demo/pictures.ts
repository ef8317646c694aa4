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

/** A sheet of paper with a few lines, in the font for Chinese that every reader of such files brings along. */
export function writeSheet(lines: readonly string[]): Buffer {
  const utf16 = (line: string) => Buffer.from(line, 'utf16le').swap16().toString('hex')
  const text = lines.map((line, index) => `BT /F1 16 Tf 72 ${740 - 30 * index} Td <${utf16(line)}> Tj ET`).join('\n')
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ]
  let file = '%PDF-1.4\n'
  const places = objects.map((object, index) => {
    const place = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return place
  })
  const index = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('')
  const count = objects.length + 1
  file += `xref\n0 ${count}\n0000000000 65535 f \n${index}trailer\n<< /Size ${count} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(file, 'latin1')
}
