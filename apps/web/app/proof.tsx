import { Dialog, useText } from '@gonglian/ui'
import {
  createContext,
  useCallback,
  useContext,
  useId,
  useRef,
  useState,
  type FormEvent,
  type PropsWithChildren,
} from 'react'
import { api, readRefusal } from './client.ts'
import { TextField } from './text-field.tsx'

/** Asks whoever sits there for password or code; false: they turned away. */
type AskProof = () => Promise<boolean>

const ProofContext = createContext<AskProof>(() => Promise.resolve(false))

export function useProof(): AskProof {
  return useContext(ProofContext)
}

/** One dialog for all acts that the server does only after a fresh proof. */
export function ProofProvider({ hasFactor, children }: PropsWithChildren<{ readonly hasFactor: boolean }>) {
  const text = useText()
  const formId = useId()
  const waiting = useRef<((proved: boolean) => void) | null>(null)
  const [open, setOpen] = useState(false)
  const [answer, setAnswer] = useState('')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)

  const ask = useCallback<AskProof>(() => {
    waiting.current?.(false)
    setAnswer('')
    setWrong(null)
    setOpen(true)
    return new Promise((resolve) => {
      waiting.current = resolve
    })
  }, [])
  const end = (proved: boolean) => {
    setOpen(false)
    setAnswer('')
    waiting.current?.(proved)
    waiting.current = null
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    try {
      await api.session.proveSession.mutate({ answer })
      end(true)
    } catch (error) {
      const refusal = readRefusal(error)
      setAnswer('')
      setWrong(refusal?.fields[0]?.message ?? refusal?.message ?? text('errors.unreachable'))
    } finally {
      setBusy(false)
    }
  }
  return (
    <ProofContext.Provider value={ask}>
      {children}
      <Dialog
        open={open}
        onClose={() => end(false)}
        title={text('proof.title')}
        footer={
          <>
            <button type="button" className="gl-button" onClick={() => end(false)}>
              {text('pages.cancel')}
            </button>
            <button type="submit" form={formId} className="gl-button gl-button-main" disabled={busy}>
              {text('proof.submit')}
            </button>
          </>
        }
      >
        <form id={formId} className="fields" onSubmit={(event) => void submit(event)} noValidate>
          <p>{text('proof.text')}</p>
          <TextField
            name="proof"
            label={text(hasFactor ? 'proof.code' : 'proof.password')}
            value={answer}
            onChange={setAnswer}
            wrong={wrong}
            maxLength={200}
            type={hasFactor ? 'text' : 'password'}
            plain
            autoFocus
          />
        </form>
      </Dialog>
    </ProofContext.Provider>
  )
}
