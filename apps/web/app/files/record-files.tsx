import { useText } from '@gonglian/ui'
import { ActDialog } from '../act-dialog.tsx'
import { anyPapers, readAttached } from './attach-field.tsx'
import { FileList, type ShownFile } from './file-list.tsx'

export type RecordFilesProps = {
  /** The kind of files, as the noun declares it. */
  readonly kind: string
  readonly objectId: number
  readonly files: readonly ShownFile[]
  /** Whether the reader may change the record: adds files, and removes them. */
  readonly writes: boolean
}

/** The files of a record on its page, with adding and removing for whoever may change it. */
export function RecordFiles({ kind, objectId, files, writes }: RecordFilesProps) {
  const text = useText()
  const shown = files.map((file) => ({ ...file, isRemovable: file.isRemovable && writes }))
  return (
    <section>
      <div className="part-head">
        <h2>{text('files.title')}</h2>
        {writes ? (
          <ActDialog
            label={text('files.add')}
            title={text('files.add')}
            fields={[
              {
                name: 'files',
                label: text('files.add.field'),
                kind: 'attach',
                fileKind: kind,
                ...anyPapers,
              },
            ]}
            run={(api, values) =>
              api.files.attachToRecord.mutate({
                kind,
                objectId,
                files: readAttached(values['files']).map(({ fileId }) => ({ fileId })),
              })
            }
          />
        ) : null}
      </div>
      {shown.some(({ isNoted }) => isNoted) ? <p className="gl-hint">{text('files.noted')}</p> : null}
      {shown.length === 0 ? <p className="gl-hint">{text('files.none')}</p> : <FileList files={shown} />}
    </section>
  )
}
