import { useRevalidator } from '@remix-run/react'
import { useText } from '@gonglian/ui/text'
import { useState, type ReactNode } from 'react'
import type { ActField } from './act-dialog.tsx'

type Asked = Pick<ActField, 'name' | 'initial' | 'options' | 'kind' | 'chosen'>

/**
 * Somebody changed what a dialog is about while it was open. The page's data is loaded anew on demand: what was typed stays, the other
 * fields follow, and beside each typed field stands what the other person put there.
 */
export function useConflict(fields: readonly Asked[]) {
  const text = useText()
  const { revalidate } = useRevalidator()
  /** What the fields held before the page was loaded anew. */
  const [before, setBefore] = useState<ReadonlyMap<string, string> | null>(null)
  return {
    loaded: before !== null,
    loadLatest: () => {
      setBefore(new Map(fields.map(({ name, initial }) => [name, initial ?? ''])))
      revalidate()
    },
    forget: () => setBefore(null),
    changeOf: (field: Asked, typed: string | undefined): string | null => {
      const now = field.initial ?? ''
      const isOvertaken = before !== null && before.get(field.name) !== now && typed !== undefined && typed !== now
      if (!isOvertaken) return null
      if (field.kind === 'check') return text(now === 'yes' ? 'acts.yes' : 'acts.no')
      const said = field.options?.find(({ value }) => value === now)?.label ?? field.chosen ?? now
      return said === '' ? '—' : said
    },
  }
}

/** Loads the page's data anew; what was typed stays. */
export function LatestButton({
  conflict,
  onPress,
}: {
  readonly conflict: ReturnType<typeof useConflict>
  readonly onPress: () => void
}) {
  const text = useText()
  return (
    <button
      type="button"
      className="gl-button"
      onClick={() => {
        onPress()
        conflict.loadLatest()
      }}
    >
      {text('acts.latest')}
    </button>
  )
}

/** A field, and what somebody else has put there meanwhile. */
export function Overtaken({ by, children }: { readonly by: string | null; readonly children: ReactNode }) {
  const text = useText()
  return (
    <>
      {children}
      {by === null ? null : (
        <p className="gl-hint act-overtaken" role="status">
          {text('acts.changed', { value: by })}
        </p>
      )}
    </>
  )
}
