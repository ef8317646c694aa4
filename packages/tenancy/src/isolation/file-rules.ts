import type { Look } from './country.ts'
import { belowMe, tenant, writable, writableBody, type Rules } from './sight.ts'
import { findRow, int, type Row } from './world.ts'

/** Its own body, its superiors where the record says so, and the one body it is shared with. */
const seeFile = (row: Row, look: Look) =>
  writable(row, look) ||
  (row['visibility'] === 'superiors' && belowMe(row, look)) ||
  (row['visibility'] === 'shared' && writableBody(int(row, 'shared_with'), look))

/** Attachments of the records of any domain. */
export const fileRules: Record<string, Rules> = {
  'files.file': {
    see: seeFile,
    add: writable,
    change: writable,
    drop: (row, look) => writable(row, look) && row['hold'] === 'open',
  },
  'files.chunk': {
    see: (row, look, world) => {
      const file = findRow(world, 'files.file', { id: int(row, 'file_id') })
      return file !== undefined && seeFile(file, look)
    },
    add: (row, look, world) => {
      const file = findRow(world, 'files.file', { id: int(row, 'file_id') })
      return writable(row, look) && file !== undefined && tenant(file) === tenant(row)
    },
  },
  'files.dropped': { see: writable, add: writable, drop: writable },
}
