import type { ReactNode } from 'react'

/** What was just done, said aloud; `children`: what one may do about it. */
export function DoneNotice({ text, children }: { readonly text: string | null; readonly children?: ReactNode }) {
  return (
    <div role="status" className={text === null ? 'gl-hidden' : 'done-notice'}>
      {text}
      {text === null ? null : children}
    </div>
  )
}

/** Why the server refused; stands where one was about to press again. */
export function RefusalNotice({ message }: { readonly message: string | null }) {
  return message === null ? null : (
    <p className="gl-error-text" role="alert">
      {message}
    </p>
  )
}
