import { int, pick, rowOf, type Plant } from './world.ts'

const bytes = (length: number, number: number) => `\\x${number.toString(16).padStart(2 * length, '0')}`

export const fileKeys: Record<string, string[]> = { 'files.chunk': ['file_id', 'position'] }

/** Attachments, in the order in which they refer to each other. */
export const filePlants: Record<string, Plant> = {
  'files.file': (world, tenant_id, otherId) => {
    const id = world.next()
    const visibility = otherId === tenant_id ? 'own' : pick(['own', 'superiors', 'shared'], id)
    return {
      id,
      tenant_id,
      kind: 'paper',
      file_name: 'x',
      media_type: 'application/pdf',
      byte_count: 1,
      sha256: bytes(32, id),
      check_state: 'unchecked',
      visibility,
      shared_with: visibility === 'shared' ? otherId : null,
      hold: pick(['open', 'held', 'kept'], id >> 1),
      stored_by: 'x',
    }
  },
  'files.chunk': (world, tenant_id) => {
    const position = world.next()
    const file_id = int(rowOf(world, 'files.file', tenant_id, position), 'id')
    return { file_id, position, tenant_id, bytes: '\\x00' }
  },
  'files.dropped': (world, tenant_id) => ({ id: world.next(), tenant_id, place: 'x' }),
}
