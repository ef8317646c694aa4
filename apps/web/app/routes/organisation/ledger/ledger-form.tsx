import type { RouterOutputs } from '@gonglian/api'
import { useLocale, useText } from '@gonglian/ui'
import { useState } from 'react'
import { useAct } from '../../../act.ts'
import { LedgerItem, type Answer } from './ledger-item.tsx'

export type Ledger = RouterOutputs['checklists']['getLedger']

/** The items to tick, each with its evidence; what was ticked is handed in together. */
export function LedgerForm({ ledger, writable }: { readonly ledger: Ledger; readonly writable: boolean }) {
  const text = useText()
  const locale = useLocale()
  const { act, busy, refusal, clear } = useAct()
  const [answers, setAnswers] = useState<ReadonlyMap<number, Answer>>(new Map())
  const [saved, setSaved] = useState(false)
  const sent = [...answers.keys()]
  const wrongOf = (itemId: number) => {
    const index = sent.indexOf(itemId)
    return refusal?.fields.find(({ path }) => index >= 0 && path.startsWith(`items.${index}`))?.message ?? null
  }
  const answer = (itemId: number, said: Answer) => {
    setSaved(false)
    clear()
    setAnswers((before) => new Map(before).set(itemId, said))
  }
  const save = async () => {
    const outcome = await act((api) =>
      api.checklists.checkItems.mutate({
        unionId: ledger.unionId,
        items: [...answers].map(([itemId, { version, met, evidenceId, note }]) => ({
          itemId,
          version,
          met,
          evidenceId,
          note,
        })),
      }),
    )
    if (outcome?.ok !== true) return
    setAnswers(new Map())
    setSaved(true)
  }
  return (
    <>
      {ledger.lists.map((list) => (
        <section key={list.checklistId}>
          <div className="register-head">
            <h2>{locale === 'en' ? list.nameEn : list.nameZh}</h2>
            <span className="gl-hint">
              {text('ledgers.count', { met: list.met, total: list.items.length })} ·{' '}
              {text(`checklists.enforcement.${list.enforcement}`)}
            </span>
          </div>
          <ol className="ledger-list">
            {list.items.map((item) => (
              <LedgerItem
                key={item.itemId}
                item={item}
                answer={answers.get(item.itemId) ?? null}
                onAnswer={writable && !item.isDerived ? (said) => answer(item.itemId, said) : null}
                wrong={wrongOf(item.itemId)}
              />
            ))}
          </ol>
        </section>
      ))}
      {writable ? (
        <div className="ledger-save">
          <button
            type="button"
            className="gl-button gl-button-main"
            disabled={busy || answers.size === 0}
            onClick={save}
          >
            {text('ledgers.save', { count: answers.size })}
          </button>
          {refusal ? (
            <p className="gl-error-text" role="alert">
              {refusal.message}
            </p>
          ) : (
            <p className="gl-hint" role="status">
              {saved ? text('ledgers.saved') : ''}
            </p>
          )}
        </div>
      ) : null}
    </>
  )
}
