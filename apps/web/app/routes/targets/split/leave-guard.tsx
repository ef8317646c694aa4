import { useBlocker } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { useEffect } from 'react'
import { Confirm } from '../confirm.tsx'

/** Asks before unsaved shares are left behind, within the product and when the page is closed. */
export function LeaveGuard({ changed }: { readonly changed: boolean }) {
  const text = useText()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => changed && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    if (!changed) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [changed])
  if (blocker.state !== 'blocked') return null
  return (
    <Confirm
      title={text('targets.leave.title')}
      action={text('targets.leave')}
      busy={false}
      refusal={null}
      onConfirm={() => blocker.proceed()}
      onClose={() => blocker.reset()}
    >
      <p>{text('targets.leave.text')}</p>
    </Confirm>
  )
}
