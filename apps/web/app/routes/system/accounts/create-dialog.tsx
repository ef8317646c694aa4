import { Dialog, useText } from '@gonglian/ui'
import { useState, type FormEvent } from 'react'
import { useAct } from '../../../act.ts'
import { RefusalNotice } from '../notice.tsx'
import { TextField } from '../../../text-field.tsx'

export type CreateDialogProps = {
  readonly open: boolean
  /** Every user name of the body begins with its code. */
  readonly prefix: string
  readonly onClose: () => void
  readonly onCreated: (made: { readonly username: string; readonly code: string }) => void
}

/** A new account, without a role. What was typed stays when it is refused. */
export function CreateDialog({ open, prefix, onClose, onCreated }: CreateDialogProps) {
  const text = useText()
  const { act, busy, refusal, clear } = useAct()
  const [username, setUsername] = useState(prefix)
  const [displayName, setDisplayName] = useState('')
  const [locale, setLocale] = useState<'zh-CN' | 'en'>('zh-CN')
  const [asLeader, setAsLeader] = useState(false)
  const wrong = (path: string) => refusal?.fields.find((field) => field.path === path)?.message ?? null
  const close = () => {
    clear()
    onClose()
  }
  const create = async (event: FormEvent) => {
    event.preventDefault()
    const outcome = await act((api) => api.accounts.createAccount.mutate({ username, displayName, locale, asLeader }))
    if (!outcome?.ok) return
    setUsername(prefix)
    setDisplayName('')
    setAsLeader(false)
    onCreated(outcome.value)
  }
  return (
    <Dialog
      open={open}
      onClose={close}
      title={text('accounts.create')}
      footer={
        <>
          <button type="button" className="gl-button" onClick={close}>
            {text('pages.cancel')}
          </button>
          <button type="submit" form="create-account" className="gl-button gl-button-main" disabled={busy}>
            {text('accounts.create.submit')}
          </button>
        </>
      }
    >
      <form id="create-account" className="fields" onSubmit={(event) => void create(event)}>
        <p className="gl-hint">{text('accounts.create.text')}</p>
        <TextField
          name="username"
          label={text('accounts.create.username', { prefix })}
          value={username}
          onChange={setUsername}
          wrong={wrong('username')}
          maxLength={64}
          plain
          autoFocus
        />
        <TextField
          name="displayName"
          label={text('accounts.create.name')}
          value={displayName}
          onChange={setDisplayName}
          wrong={wrong('displayName')}
          maxLength={60}
        />
        <div className="field">
          <label htmlFor="create-locale">{text('accounts.create.locale')}</label>
          <select
            id="create-locale"
            className="gl-input"
            value={locale}
            onChange={(event) => setLocale(event.target.value === 'en' ? 'en' : 'zh-CN')}
          >
            <option value="zh-CN">{text('frame.language.zh-CN')}</option>
            <option value="en">{text('frame.language.en')}</option>
          </select>
        </div>
        <div className="field">
          <label>
            <input type="checkbox" checked={asLeader} onChange={(event) => setAsLeader(event.target.checked)} />{' '}
            {text('accounts.create.asLeader')}
          </label>
        </div>
        <RefusalNotice message={refusal?.message ?? null} />
      </form>
    </Dialog>
  )
}
