import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData, useNavigate } from '@remix-run/react'
import { Icon, useLocale, useText } from '@gonglian/ui'
import { useState, type FormEvent } from 'react'
import { useInitial } from '../../../clock.tsx'
import { ActFieldInput, type ActField } from '../../../act-dialog.tsx'
import { useAct } from '../../../act.ts'
import { useKeepingPeriod } from '../../../address.ts'
import { ask } from '../../../ask.ts'
import { titlePage } from '../../../titles.ts'
import { useOwnUnions } from '../member/own-unions.ts'
import { listPersonFields, readPerson } from '../member/person-fields.ts'
import { consentChannels as channels } from '@gonglian/organisation/codes'

export const meta = titlePage('members.register')

export async function loader(args: LoaderFunctionArgs) {
  // Whoever may not register learns it here, not after typing.
  const { head } = await ask(args, (api) => api.imports.readTemplate({ locale: args.context.locale }))
  return { columns: head.length, bodyId: args.context.visitor?.tenantId ?? 0 }
}

/** Takes a member in at once, or an application down. What is not known yet is completed later. */
export default function RegisterPage() {
  const { bodyId } = useLoaderData<typeof loader>()
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const find = useOwnUnions()
  const { act, busy, refusal } = useAct()
  const [values, setValues] = useState<Readonly<Record<string, string>>>({})
  const applies = values['how'] === 'apply'
  const fields: readonly ActField[] = [
    {
      name: 'how',
      label: text('members.register.how'),
      kind: 'choice',
      initial: 'register',
      options: (['register', 'apply'] as const).map((how) => ({ value: how, label: text(`members.register.${how}`) })),
    },
    applies
      ? {
          name: 'channel',
          label: text('members.channel'),
          kind: 'choice',
          initial: 'written',
          options: channels.map((channel) => ({ value: channel, label: text(`members.channel.${channel}`) })),
        }
      : { name: 'joinedOn', label: text('members.joined'), kind: 'date', initial: 'today' },
    { name: 'unionId', label: text('members.union'), kind: 'find', find },
    ...listPersonFields(text, locale, bodyId),
  ]
  const initialOf = useInitial()
  const valueOf = (field: ActField) => values[field.name] ?? initialOf(field)
  const wrongOf = (name: string) =>
    refusal?.fields.find(({ path }) => path === name || path.startsWith(`${name}.`))?.message ?? null
  const elsewhere = refusal?.fields.filter(({ path }) => !fields.some(({ name }) => path === name)) ?? []

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const typed = Object.fromEntries(fields.map((field) => [field.name, valueOf(field).trim()]))
    const person = { ...readPerson(typed), name: typed['name'] ?? '', unionId: Number(typed['unionId'] ?? '') }
    const channel = channels.find((one) => one === typed['channel']) ?? 'written'
    const outcome = await act((api) =>
      applies
        ? api.members.applyMember.mutate({ ...person, channel })
        : api.members.registerMember.mutate({ ...person, joinedOn: typed['joinedOn'] ?? '' }),
    )
    if (outcome?.ok === true) navigate(keep(`/organisation/members/${outcome.value.memberId}`))
  }
  return (
    <div className="union-page">
      <Link className="area-back" to={keep('/organisation/members')}>
        <Icon name="left" />
        {text('members.title')}
      </Link>
      <div className="area-head">
        <div>
          <h1>{text('members.register')}</h1>
          <p className="gl-hint">{text('members.register.text')}</p>
        </div>
      </div>
      <form className="fields register-fields" onSubmit={(event) => void submit(event)} noValidate>
        {fields.map((field) => (
          <ActFieldInput
            key={field.name}
            field={field}
            value={valueOf(field)}
            wrong={wrongOf(field.name)}
            onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
          />
        ))}
        <div className="register-end">
          {refusal && refusal.fields.length === 0 ? (
            <p className="gl-error-text" role="alert">
              {refusal.message}
            </p>
          ) : null}
          {elsewhere.map(({ path, message }) => (
            <p key={path} className="gl-error-text" role="alert">
              {message}
            </p>
          ))}
          <button type="submit" className="gl-button gl-button-main" disabled={busy}>
            {text(applies ? 'members.register.submit.apply' : 'members.register.submit')}
          </button>
        </div>
      </form>
    </div>
  )
}
