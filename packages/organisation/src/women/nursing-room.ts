import { column, defineForm, defineView, field } from '@gonglian/records/declared'
import { z } from 'zod'
import { roomStates } from '../codes/women.ts'
import { keeperFields, refuseNoUnion } from './keeper.ts'

/** Enters a rest and nursing room (女职工休息哺乳室). */
export const openRoomForm = defineForm({
  path: 'nursingRooms.openRoom',
  noun: 'nursingRooms',
  permission: 'organisation:write',
  fields: {
    ...keeperFields,
    place: field.line({ min: 2, max: 120 }),
    openedOn: field.date({ initial: 'today' }),
  },
  refuse: (input) => refuseNoUnion(input),
})

/** From that day on it is no longer one. */
export const closeRoomForm = defineForm({
  path: 'nursingRooms.closeRoom',
  noun: 'nursingRooms',
  permission: 'organisation:write',
  fields: { on: field.date({ initial: 'today', label: 'nursingRooms.closedOn' }) },
  given: { roomId: z.int().positive(), version: z.int().positive() },
})

/** The rooms in sight: those that are open, unless others are asked for. */
export const roomView = defineView({
  path: 'nursingRooms.listRooms',
  noun: 'nursingRooms',
  permission: 'organisation:read',
  columns: {
    place: column.text(),
    /** The union, or the body itself. */
    keeper: column.text({ title: 'women.place' }),
    openedOn: column.date(),
    closedOn: column.date(),
    state: column.choice(roomStates, { filter: ['open'] }),
    body: column.text({ title: 'registers.body', fileOnly: true }),
    version: column.hidden<number>(),
    tenantId: column.hidden<number>(),
  },
  searchable: true,
  firstSort: '-openedOn',
})
