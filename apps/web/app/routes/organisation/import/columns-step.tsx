import { useLocale, useText } from '@gonglian/ui'
import { useId, useState, type FormEvent } from 'react'
import { useAct } from '../../../act.ts'
import type { Import, ImportLayout } from '../imports/import.ts'

type Chosen = ReadonlyMap<number, string>

const toChosen = (layout: ImportLayout): Chosen =>
  new Map(layout.columns.flatMap(({ place, key }) => (key === null ? [] : [[place, key] as const])))

/** Second step: what each column of the file stands for, as it was found, to be corrected. */
export function ColumnsStep({ file, layout }: { readonly file: Import; readonly layout: ImportLayout }) {
  const text = useText()
  const locale = useLocale()
  const { act, busy, refusal } = useAct()
  const [chosen, setChosen] = useState(() => toChosen(layout))
  const nameOf = (key: string) => {
    const choice = layout.choices.find((one) => one.key === key)
    return choice === undefined ? '' : locale === 'en' ? choice.en : choice.zh
  }
  const used = new Set(chosen.values())
  const missing = layout.choices.filter((choice) => choice.isRequired && !used.has(choice.key))
  const choose = (place: number, key: string) =>
    setChosen((before) => {
      const next = new Map(before)
      // What stood for it before is left out: a column of ours is one of the file's.
      for (const [other, held] of next) if (held === key) next.delete(other)
      if (key === '') next.delete(place)
      else next.set(place, key)
      return next
    })
  const seen = { importId: file.id, version: file.version }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const columns = [...chosen].map(([place, key]) => ({ place, key }))
    void act((api) => api.imports.mapImport.mutate({ ...seen, columns }))
  }
  return (
    <form className="import-columns" onSubmit={submit} noValidate>
      <p>{text('imports.columns.text')}</p>
      <PlaceOfHead file={file} layout={layout} />
      {layout.head === null ? null : (
        <ul className="import-matches">
          <li className="import-match import-match-head" aria-hidden="true">
            <span>{text('imports.columns.title')}</span>
            <span>{text('imports.columns.samples')}</span>
            <span>{text('imports.columns.means')}</span>
          </li>
          {layout.columns.map(({ place, title, samples, offers }) => {
            const name = title.trim() === '' ? text('imports.columns.untitled', { number: place + 1 }) : title
            const [offer] = offers.filter((key) => !used.has(key))
            return (
              <li key={place} className="import-match">
                <strong>{name}</strong>
                <span className="import-samples">{samples.join('，')}</span>
                <span>
                  <select
                    className="gl-input"
                    aria-label={text('imports.columns.meansOf', { title: name })}
                    value={chosen.get(place) ?? ''}
                    onChange={(event) => choose(place, event.target.value)}
                  >
                    <option value="">{text('imports.columns.leave')}</option>
                    {layout.choices.map((choice) => (
                      <option key={choice.key} value={choice.key}>
                        {choice.isRequired
                          ? text('imports.columns.required', { name: nameOf(choice.key) })
                          : nameOf(choice.key)}
                      </option>
                    ))}
                  </select>
                  {chosen.has(place) || offer === undefined ? null : (
                    <button type="button" className="gl-link-button" onClick={() => choose(place, offer)}>
                      {text('imports.columns.guessed', { name: nameOf(offer) })}
                    </button>
                  )}
                </span>
              </li>
            )
          })}
        </ul>
      )}
      {layout.head !== null && missing.length > 0 ? (
        <p className="gl-error-text" role="status">
          {text('imports.columns.missing', { names: missing.map(({ key }) => nameOf(key)).join('、') })}
        </p>
      ) : null}
      {refusal === null ? null : (
        <p className="gl-error-text" role="alert">
          {refusal.message}
        </p>
      )}
      <div className="acts">
        <button
          type="submit"
          className="gl-button gl-button-main"
          disabled={busy || layout.head === null || missing.length > 0}
        >
          {text('imports.columns.do')}
        </button>
      </div>
    </form>
  )
}

/** Where the table is: another sheet or another line of the head has the file read again. */
function PlaceOfHead({ file, layout }: { readonly file: Import; readonly layout: ImportLayout }) {
  const text = useText()
  const id = useId()
  const { act, busy } = useAct()
  const again = (where: { sheet?: string; headLine?: number }) =>
    void act((api) => api.imports.readImportAgain.mutate({ importId: file.id, version: file.version, ...where }))
  const shown = layout.sheets.filter(({ isShown }) => isShown)
  const ofSheet = layout.sheet === '' ? {} : { sheet: layout.sheet }
  const line = layout.head?.line ?? 0
  const lines =
    layout.top.some((row) => row.line === line) || line === 0 ? layout.top : [{ line, text: '' }, ...layout.top]
  return (
    <div className="import-place">
      {shown.length < 2 ? null : (
        <div className="field">
          <label htmlFor={`${id}-sheet`}>{text('imports.columns.sheet')}</label>
          <select
            id={`${id}-sheet`}
            className="gl-input"
            value={layout.sheet}
            disabled={busy}
            onChange={(event) => again({ sheet: event.target.value })}
          >
            {shown.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </div>
      )}
      <div className="field">
        <label htmlFor={`${id}-head`}>{text('imports.columns.head')}</label>
        <select
          id={`${id}-head`}
          className="gl-input"
          value={String(line)}
          disabled={busy}
          onChange={(event) => again({ ...ofSheet, headLine: Number(event.target.value) })}
        >
          {line === 0 ? <option value="0">{text('imports.columns.head.none')}</option> : null}
          {lines.map((row) => (
            <option key={row.line} value={row.line}>
              {text('imports.columns.head.line', { line: row.line, text: row.text.slice(0, 40) })}
            </option>
          ))}
        </select>
      </div>
    </div>
  )
}
