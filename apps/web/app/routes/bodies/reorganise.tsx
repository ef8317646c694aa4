import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useNavigate } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { useId, useState, type FormEvent } from 'react'
import { ActFieldInput, type ActField, type ActValues } from '../../act-dialog.tsx'
import { useAct } from '../../act.ts'
import { useKeepingPeriod } from '../../address.ts'
import { ask } from '../../ask.ts'
import { useMay } from '../../may.ts'
import { titlePage } from '../../titles.ts'
import { ErrorPage } from '../missing/error-page.tsx'
import { kinds, listFields, readPlan, type Kind, type PlanInput } from './reorganisation-fields.ts'
import { PreviewPanel } from './reorganisation-preview.tsx'
import type { Preview } from './total-changes.tsx'

export const meta = titlePage('reorganisation.title')

export async function loader(args: LoaderFunctionArgs) {
  return ask(args, (api) => api.bodies.readReorganisable({ code: args.params['code'] ?? '' }))
}

/** `/bodies/CODE/reorganise`: what changes, what each total will be, then the decision (P5). */
export default function ReorganisePage() {
  const { body } = useLoaderData<typeof loader>()
  return <Wizard key={body.code} />
}

function Wizard() {
  const subject = useLoaderData<typeof loader>()
  const { body, isOwn } = subject
  const may = useMay()
  const text = useText()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const formId = useId()
  const { act, busy, refusal, clear } = useAct()
  const offered = isOwn ? kinds.filter((one) => one === 'open') : kinds
  const [kind, setKind] = useState<Kind>(offered[0] ?? 'open')
  const [values, setValues] = useState<ActValues>({})
  const [shown, setShown] = useState<{ preview: Preview; plan: PlanInput; stale: boolean } | null>(null)

  const all = listFields(text, kind, subject)
  const valueOf = (field: ActField) => values[field.name] ?? field.initial ?? ''
  const current = Object.fromEntries(all.map((field) => [field.name, valueOf(field).trim()]))
  const fields = all.filter((field) => field.when?.(current) ?? true)
  const wrongOf = (field: ActField) =>
    refusal?.fields.find(({ path }) =>
      [field.name, ...(field.paths ?? [])].some((own) =>
        [own, `plan.${own}`].some((name) => path === name || path.startsWith(`${name}.`)),
      ),
    ) ?? null
  const faults = fields.map(wrongOf)
  const elsewhere = (refusal?.fields ?? []).filter((fault) => !faults.includes(fault))

  const look = async (plan: PlanInput, stale: boolean) => {
    const outcome = await act((api) => api.bodies.previewReorganisation.mutate({ plan }))
    setShown(outcome?.ok === true ? { preview: outcome.value, plan, stale } : null)
  }
  const decide = async () => {
    if (shown === null) return
    const { plan, preview } = shown
    const outcome = await act((api) => api.bodies.reorganise.mutate({ plan, version: preview.version }))
    if (outcome?.ok === true) return navigate(keep(`/bodies/${encodeURIComponent(body.code)}`))
    if (outcome?.ok === false && outcome.refusal.key === 'reorganisation.previewStale') return look(plan, true)
  }
  return (
    <article className="body-page">
      <Link className="body-back body-back-wide" to={keep(`/bodies/${encodeURIComponent(body.code)}`)}>
        {text('reorganisation.cancel')}
      </Link>
      <header>
        <h2>{text('reorganisation.of', { name: body.name })}</h2>
        <p className="gl-hint">{text('reorganisation.text')}</p>
      </header>
      {shown === null ? (
        <form
          id={formId}
          className="panel fields"
          noValidate
          onSubmit={(event: FormEvent) => {
            event.preventDefault()
            void look(readPlan(kind, body.code, current), false)
          }}
        >
          <div className="gl-segments" role="group" aria-label={text('reorganisation.kind')}>
            {offered.map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={one === kind}
                onClick={() => {
                  clear()
                  setKind(one)
                }}
              >
                {text(`reorganisation.kind.${one}`)}
              </button>
            ))}
          </div>
          <p>{text(`reorganisation.kindText.${kind}`, { name: body.name })}</p>
          {fields.map((field) => (
            <ActFieldInput
              key={`${kind} ${field.name}`}
              field={field}
              value={valueOf(field)}
              wrong={wrongOf(field)?.message ?? null}
              onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
            />
          ))}
          {refusal && (refusal.fields.length === 0 || elsewhere.length > 0) ? (
            <p className="gl-error-text" role="alert">
              {elsewhere[0]?.message ?? refusal.message}
            </p>
          ) : null}
          <p>
            <button type="submit" className="gl-button gl-button-main" disabled={busy}>
              {text(busy ? 'reorganisation.previewing' : 'reorganisation.preview')}
            </button>
          </p>
        </form>
      ) : (
        <PreviewPanel
          body={body}
          plan={shown.plan}
          preview={shown.preview}
          stale={shown.stale}
          mayDecide={may('federation:reorganise')}
          busy={busy}
          refusal={refusal?.message ?? null}
          onChange={() => {
            clear()
            setShown(null)
          }}
          onDecide={() => void decide()}
        />
      )}
    </article>
  )
}

export { ErrorPage as ErrorBoundary }
