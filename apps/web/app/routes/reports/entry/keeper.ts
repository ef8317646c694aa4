import type { Refusal } from '@gonglian/api'
import type { EntryValues, SavingState } from '@gonglian/ui'
import { emptyEntry } from '@gonglian/ui'
import { isSameEntry, rebaseEntries } from './cells.ts'

/** The report as the server has it. */
export type KnownReport = {
  readonly reportId: number | null
  readonly version: number
  readonly entries: EntryValues
  readonly savedBy: string
  readonly savedAt: string | null
}

export type SavedCells = { readonly version: number; readonly merged: EntryValues }

/** What a keeper asks of the server. Refusals are thrown as `Refused`. */
export type ReportServer = {
  readonly open: () => Promise<{ readonly reportId: number; readonly version: number }>
  readonly read: () => Promise<KnownReport>
  readonly save: (report: { reportId: number; version: number }, cells: EntryValues) => Promise<SavedCells>
}

/** Thrown by a `ReportServer`; null: no answer came. */
export class Refused extends Error {
  readonly refusal: Refusal | null
  constructor(refusal: Refusal | null) {
    super(refusal?.key ?? 'no answer')
    this.refusal = refusal
  }
}

export type KeptSheet = {
  readonly reportId: number | null
  readonly version: number
  /** The server's cells with one's own over them. */
  readonly values: EntryValues
  readonly saving: SavingState
  /** Cells that somebody else changed meanwhile, with the other's entry. */
  readonly conflicts: EntryValues
  readonly conflictWith: { readonly who: string; readonly when: string | null }
  /** What the server says against single cells. */
  readonly faulty: Readonly<Record<string, string>>
  /** Why nothing can be saved any more, or not now. */
  readonly refusal: Refusal | null
}

const pauseMs = 700
const retryMs = [2_000, 5_000, 15_000, 30_000]

const without = (entries: EntryValues, keys: Iterable<string>): EntryValues => {
  const gone = new Set(keys)
  return Object.fromEntries(Object.entries(entries).filter(([key]) => !gone.has(key)))
}
const isEmpty = (entries: EntryValues) => Object.keys(entries).length === 0

/**
 * Keeps what one types into a report: saves it as typed, merges what others type at the same time, and never gives up a cell by
 * itself. A cell both changed is a conflict until it is chosen; it is not sent before.
 *
 * @param clock the server's, for when something was saved
 */
export function createKeeper(server: ReportServer, first: KnownReport, clock: () => Date) {
  let known = first.entries
  let mine: EntryValues = {}
  let sending: EntryValues | null = null
  let reportId = first.reportId
  let version = first.version
  let savedAt: string | null = null
  let conflicts: EntryValues = {}
  let conflictWith: KeptSheet['conflictWith'] = { who: '', when: null }
  let faulty: Readonly<Record<string, string>> = {}
  let refusal: Refusal | null = null
  let stopped = false
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  const listeners = new Set<() => void>()

  const show = (): KeptSheet => ({
    reportId,
    version,
    values: { ...known, ...sending, ...mine },
    saving: sending
      ? { kind: 'saving' }
      : isEmpty(mine)
        ? { kind: 'saved', at: savedAt }
        : { kind: failures > 0 || stopped ? 'failed' : 'unsaved' },
    conflicts,
    conflictWith,
    faulty,
    refusal,
  })
  let shown = show()
  const tell = () => {
    shown = show()
    for (const listener of listeners) listener()
  }

  const schedule = (ms: number) => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(() => void save(), ms)
  }
  const sendable = () => without(mine, [...Object.keys(conflicts), ...Object.keys(faulty)])

  /** Takes the server's cells over; what both changed stays mine and becomes a conflict. */
  const takeOver = (theirs: EntryValues, by: KeptSheet['conflictWith']) => {
    const rebased = rebaseEntries(known, mine, theirs)
    mine = rebased.mine
    const open = Object.entries({ ...conflicts, ...rebased.conflicts }).flatMap(([key]) => {
      const entry = theirs[key]
      return mine[key] && entry ? [[key, entry] as const] : []
    })
    if (!isEmpty(rebased.conflicts)) conflictWith = by
    conflicts = Object.fromEntries(open)
    known = theirs
  }

  /** The server's present state, unless it is older than what is known. */
  const absorb = (report: KnownReport) => {
    if (sending || report.version <= version) return
    reportId = report.reportId
    version = report.version
    takeOver(report.entries, { who: report.savedBy, when: report.savedAt })
    tell()
  }

  const readAnew = async () => absorb(await server.read())

  const refused = async (said: Refusal | null) => {
    if (said === null || said.code === 'unauthenticated' || said.code === 'too_many' || said.code === 'fault') {
      refusal = said
      schedule(retryMs[Math.min(failures, retryMs.length - 1)] ?? 30_000)
      failures += 1
      return
    }
    const cells = said.fields.flatMap(({ path, message }) => {
      const [, key] = /^cells\.(\d+)/.exec(path) ?? []
      return key !== undefined && mine[key] ? [[key, message] as const] : []
    })
    if (said.key === 'errors.reportConflict') {
      await readAnew()
      schedule(0)
    } else if (said.code === 'invalid' && cells.length > 0) {
      faulty = { ...faulty, ...Object.fromEntries(cells) }
      if (!isEmpty(sendable())) schedule(0)
    } else {
      refusal = said
      stopped = true
    }
  }

  const send = async (cells: EntryValues) => {
    if (reportId === null) {
      const opened = await server.open()
      // Somebody else has begun it: what stands there is read before anything is written over it.
      if (opened.version > 1) {
        const theirs = await server.read()
        mine = { ...cells, ...mine }
        sending = null
        absorb({ ...theirs, reportId: opened.reportId })
        schedule(0)
        return
      }
      reportId = opened.reportId
      version = opened.version
    }
    const saved = await server.save({ reportId, version }, cells)
    version = saved.version
    savedAt = clock().toISOString()
    const others = without(saved.merged, Object.keys(cells))
    // What was typed while this was on its way is newer than these cells of mine, and older or newer than others': a conflict.
    sending = null
    known = { ...known, ...cells }
    takeOver({ ...known, ...others }, { who: '', when: null })
    failures = 0
    refusal = null
    if (!isEmpty(sendable())) schedule(pauseMs)
  }

  const save = (): Promise<void> => {
    if (running) return running
    const cells = sendable()
    if (stopped || isEmpty(cells)) return Promise.resolve()
    clearTimeout(timer)
    sending = cells
    mine = without(mine, Object.keys(cells))
    running = send(cells)
      .catch(async (error: unknown) => {
        mine = { ...sending, ...mine }
        sending = null
        if (!(error instanceof Refused)) throw error
        await refused(error.refusal).catch(() => schedule(retryMs[0] ?? 2_000))
      })
      .finally(() => {
        running = null
        tell()
      })
    tell()
    return running
  }

  return {
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    read: () => shown,
    /** Typed cells, whole. */
    change: (changed: EntryValues) => {
      const keys = Object.keys(changed)
      const isBack = (key: string) =>
        !sending?.[key] && isSameEntry(changed[key] ?? emptyEntry, known[key] ?? emptyEntry)
      mine = { ...without(mine, keys), ...without(changed, keys.filter(isBack)) }
      // Typing the other's entry settles a conflict.
      conflicts = without(conflicts, keys.filter(isBack))
      faulty = Object.fromEntries(Object.entries(faulty).filter(([key]) => !keys.includes(key)))
      schedule(pauseMs)
      tell()
    },
    absorb,
    /** Settles conflicts as chosen and goes on saving. */
    resolve: (choices: Readonly<Record<string, 'mine' | 'theirs'>>) => {
      const chosen = Object.keys(choices)
      mine = without(
        mine,
        chosen.filter((key) => choices[key] === 'theirs'),
      )
      conflicts = without(conflicts, chosen)
      schedule(0)
      tell()
    },
    /** Saves now what can be saved. Answers whether everything typed is with the server. */
    flush: async (): Promise<boolean> => {
      for (let round = 0; round < 4 && (running || !isEmpty(sendable())); round++) {
        await (running ?? save())
        if (stopped || failures > 0) break
      }
      return isEmpty(mine) && sending === null
    },
    /** The report, begun if it was not. */
    begin: async (): Promise<{ reportId: number; version: number }> => {
      if (reportId === null) {
        const opened = await server.open()
        if (opened.version > 1) await readAnew()
        reportId = opened.reportId
        version = Math.max(version, opened.version)
        tell()
      }
      return { reportId, version }
    },
    /** Another state of the report: what one types is saved again. */
    resume: () => {
      stopped = false
      refusal = null
      if (!isEmpty(sendable())) schedule(0)
      tell()
    },
    isDirty: () => !isEmpty(mine) || sending !== null,
  }
}

export type Keeper = ReturnType<typeof createKeeper>
