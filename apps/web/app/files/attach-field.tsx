import { isMediaType, listEndings, papers, pictures, type MediaType } from '@gonglian/files/media'
import { Icon, useText } from '@gonglian/ui'
import { useId, useState } from 'react'
import { z } from 'zod'
import { readRefusal } from '../client.ts'
import { sendFile } from './send-file.ts'
import { useNoteSending } from './sending.tsx'

const Attached = z.array(z.object({ fileId: z.number(), slot: z.string(), fileName: z.string() }))
export type Attached = z.output<typeof Attached>[number]

/** What was attached in a field of an act. */
export function readAttached(value: string | undefined): readonly Attached[] {
  return Attached.parse(JSON.parse(value === undefined || value === '' ? '[]' : value))
}

export type AttachFieldProps = {
  readonly label: string
  readonly required?: boolean
  /** The kind of files, as the domain declares it. */
  readonly fileKind: string
  readonly media: readonly MediaType[]
  /** Which of the papers asked for it is; left out: any. */
  readonly slot?: string
  readonly most: number
  readonly hint: string
  readonly value: string
  readonly wrong: string | null
  readonly onChange: (value: string) => void
}

/** What a field takes that asks for any papers of a record. */
export const anyPapers = { media: [...pictures, ...papers], most: 10 }

/** Files of a record: chosen, or taken with the phone's camera. Each is sent at once; the act names them. */
export function AttachField(props: AttachFieldProps) {
  const { label, required = false, fileKind, media, slot = '', most, hint, value, onChange } = props
  const text = useText()
  const id = useId()
  const [busy, setBusy] = useState(false)
  const noteSending = useNoteSending()
  const [refused, setRefused] = useState<string | null>(null)
  const attached = readAttached(value)
  const wrong = refused ?? props.wrong
  const send = async (files: readonly File[]) => {
    setBusy(true)
    noteSending(1)
    setRefused(null)
    const next = [...attached]
    try {
      for (const file of files.slice(0, most - attached.length)) {
        const { fileId, fileName } = await sendFile(fileKind, file)
        next.push({ fileId, slot, fileName })
      }
    } catch (error) {
      const refusal = readRefusal(error)
      setRefused(refusal?.fields[0]?.message ?? refusal?.message ?? text('errors.unreachable'))
    } finally {
      setBusy(false)
      onChange(JSON.stringify(next))
      noteSending(-1)
    }
  }
  const takesPictures = media.some((one) => one.startsWith('image/'))
  const input = { type: 'file', disabled: busy || attached.length >= most } as const
  return (
    <div className="field attach-field" data-required={required ? '' : undefined}>
      <label htmlFor={id}>{label}</label>
      <ul className="plain-list">
        {attached.map((one) => (
          <li key={one.fileId}>
            {one.fileName}{' '}
            <button
              type="button"
              className="gl-icon-button"
              aria-label={text('files.takeOff', { name: one.fileName })}
              onClick={() => onChange(JSON.stringify(attached.filter(({ fileId }) => fileId !== one.fileId)))}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <input
        {...input}
        id={id}
        accept={listEndings(media.filter(isMediaType))}
        multiple={most > 1}
        aria-invalid={wrong !== null}
        aria-describedby={`${id}-said`}
        onChange={(event) => {
          void send([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      {takesPictures ? (
        <label className="attach-camera">
          {text('files.camera')}
          <input
            {...input}
            accept="image/*"
            capture="environment"
            onChange={(event) => {
              void send([...(event.target.files ?? [])])
              event.target.value = ''
            }}
          />
        </label>
      ) : null}
      <p
        className={wrong === null ? 'gl-hint' : 'gl-error-text'}
        id={`${id}-said`}
        role={wrong === null ? 'status' : 'alert'}
      >
        {wrong ?? (busy ? text('files.sending') : hint)}
      </p>
    </div>
  )
}
