import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { useAddress, useFrame, useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { askPlace, readPlace } from './place.ts'
import type { Room, Rooms } from './women.ts'

/** Rest and nursing rooms that are open. */
export function RoomTable({ rooms, bodyId }: { readonly rooms: Rooms; readonly bodyId: number }) {
  const text = useText()
  const may = useMay()
  const { body } = useFrame()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('rooms')
  const columns: readonly DataColumn<Room>[] = [
    { key: 'place', title: text('women.room.place'), render: ({ place }) => place },
    { key: 'union', title: text('women.place'), render: ({ unionName, bodyName }) => unionName ?? bodyName },
    { key: 'opened', title: text('women.room.opened'), render: ({ openedOn }) => openedOn },
    {
      key: 'state',
      title: text('women.room.state'),
      filters: [{ value: 'closed', label: text('women.room.state.closed') }],
      render: ({ closedOn }) =>
        closedOn === null ? text('women.room.state.open') : text('women.room.state.closedOn', { day: closedOn }),
    },
    {
      key: 'acts',
      title: text('registers.acts'),
      render: (room) =>
        room.body === body.code && room.closedOn === null && may('organisation:write') ? (
          <ActDialog
            quiet
            label={text('women.room.close')}
            title={text('women.room.close.title', { place: room.place })}
            fields={[{ name: 'on', label: text('women.room.closed'), kind: 'date', initial: 'today' }]}
            run={(api, values) =>
              api.women.closeNursingRoom.mutate({ roomId: room.roomId, version: room.version, on: values['on'] ?? '' })
            }
          />
        ) : (
          ''
        ),
    },
  ]
  const place = { place: text('women.place'), itself: text('registers.itself'), union: text('registers.union') }
  return (
    <DataTable
      label={text('women.rooms')}
      rows={rooms.rows}
      rowKey={({ roomId }) => String(roomId)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={rooms.total}
      exports={exportsOf('/organisation/women/rooms/export.csv', params)}
      tools={
        may('organisation:write') ? (
          <ActDialog
            label={text('women.room.open')}
            title={text('women.room.open')}
            fields={[
              ...askPlace(place, bodyId),
              { name: 'place', label: text('women.room.place'), kind: 'text', maxLength: 120 },
              { name: 'openedOn', label: text('women.room.opened'), kind: 'date', initial: 'today' },
            ]}
            run={(api, values) =>
              api.women.openNursingRoom.mutate({
                unionId: readPlace(values),
                place: values['place'] ?? '',
                openedOn: values['openedOn'] ?? '',
              })
            }
          />
        ) : undefined
      }
      empty={<EmptyState title={text('women.rooms.none')} />}
    />
  )
}
