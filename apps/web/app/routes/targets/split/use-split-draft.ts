import { useClock } from '../../../clock.tsx'
import { useRevalidator } from '@remix-run/react'
import { useSplitEdits, useText, type Shares } from '@gonglian/ui'
import { useEffect, useState } from 'react'
import { api as server, useAct } from '../../../act.ts'
import { mergeSplits, type ShareConflict } from './merge.ts'
import { nameRow } from './names.ts'
import {
  codeOf,
  isDraft,
  readExemptions,
  readShares,
  sameExemptions,
  sameShares,
  sumShares,
  type Exemptions,
  type SplitView,
} from './rows.ts'

/** What the edits started from: the split as it was last loaded or saved. */
type Base = { readonly version: number; readonly shares: Shares; readonly exemptions: Exemptions }

type Clash = {
  readonly conflicts: readonly ShareConflict[]
  readonly base: Base
  readonly shares: Shares
  readonly news: string
}

function readBase(view: Pick<SplitView, 'share' | 'rows'>): Base {
  return { version: view.share.splitVersion, shares: readShares(view), exemptions: readExemptions(view) }
}

/** The split being prepared: its edits, saving them, and what happens when somebody else saved first. */
export function useSplitDraft(view: SplitView) {
  const { item } = view
  const text = useText()
  const clock = useClock()
  const { revalidate } = useRevalidator()
  const { act, busy, refusal, clear } = useAct()
  const [base, setBase] = useState(() => readBase(view))
  const editor = useSplitEdits(base.shares)
  const [exemptions, setExemptions] = useState(base.exemptions)
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({})
  const [savedAt, setSavedAt] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const [clash, setClash] = useState<Clash | null>(null)
  const changed = !sameShares(editor.shares, base.shares) || !sameExemptions(exemptions, base.exemptions)

  // What came from the server since: taken over while nothing here would be lost; else the next save compares.
  const { splitVersion } = view.share
  useEffect(() => {
    if (splitVersion === base.version || changed) return
    const next = readBase(view)
    setBase(next)
    setExemptions(next.exemptions)
    editor.reset(next.shares)
    // Only what the server sends starts this.
  }, [splitVersion])

  const save = async (from = base, shares = editor.shares): Promise<boolean> => {
    const sent = view.rows.filter((row) => isDraft(row) && (shares[codeOf(row)]?.value ?? null) !== null)
    const outcome = await act((api) =>
      api.targets.saveSplit.mutate({
        itemId: item.id,
        version: from.version,
        rows: sent.map((row) => ({
          receiverId: row.body.id,
          value: shares[codeOf(row)]?.value ?? null,
          locked: shares[codeOf(row)]?.locked ?? false,
          exemption: exemptions[codeOf(row)] ?? '',
        })),
        reserve: item.method === 'sum' ? view.share.value - sumShares(view, shares) : 0,
      }),
    )
    if (outcome === null) return false
    if (outcome.ok) {
      setBase({ version: outcome.value.version, shares, exemptions })
      setSavedAt(clock().toISOString())
      setProblems({})
      setSaid('')
      return true
    }
    if (outcome.refusal.key === 'errors.splitChanged') await compare(shares)
    setProblems(
      Object.fromEntries(
        outcome.refusal.fields.flatMap(({ path, message }) => {
          const row = sent[Number(/^rows\.(\d+)\./.exec(path)?.[1] ?? Number.NaN)]
          return row ? [[codeOf(row), message]] : []
        }),
      ),
    )
    return false
  }

  /** Somebody saved first: what only one of us changed goes together; what both changed is asked. */
  const compare = async (mine: Shares) => {
    const fresh = await server.targets.getSplit.query({ itemId: item.id }).catch(() => null)
    if (fresh === null) return
    clear()
    const open = new Set(fresh.rows.filter(isDraft).map(codeOf))
    const theirs = readBase(fresh)
    const merged = mergeSplits(base.shares, mine, theirs.shares, (code) => open.has(code))
    setExemptions({ ...theirs.exemptions, ...exemptions })
    setBase(theirs)
    editor.apply(merged.shares)
    revalidate()
    const lost = merged.lost.map((code) => nameRow(fresh, code)).join('、')
    const news = lost === '' ? text('targets.split.merged') : text('targets.split.lost', { bodies: lost })
    if (merged.conflicts.length === 0) setSaid(news)
    else setClash({ conflicts: merged.conflicts, base: theirs, shares: merged.shares, news })
  }

  const resolve = (choices: Readonly<Record<string, 'mine' | 'theirs'>>) => {
    if (clash === null) return
    const shares = { ...clash.shares }
    for (const { code, theirs } of clash.conflicts)
      if (choices[code] === 'theirs') shares[code] = { value: theirs, locked: clash.base.shares[code]?.locked ?? false }
    editor.apply(shares)
    setClash(null)
    void save(clash.base, shares)
  }
  /** Later: mine stay in the editor, unsaved. */
  const postpone = () => {
    setSaid(clash?.news ?? '')
    setClash(null)
  }
  return {
    editor,
    version: base.version,
    exemptions,
    setExemption: (code: string, reason: string) => setExemptions({ ...exemptions, [code]: reason }),
    changed,
    save: () => save(),
    busy,
    refusal,
    problems,
    savedAt,
    said,
    conflicts: clash?.conflicts ?? [],
    resolve,
    postpone,
  }
}
