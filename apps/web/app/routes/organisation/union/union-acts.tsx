import { useNavigate } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readWhole } from '../../../act-values.ts'
import { useKeepingPeriod } from '../../../address.ts'
import { attachPapers, readPapers } from '../../../files/papers.ts'
import { useMay } from '../../../may.ts'
import { takesStep, type NextStep } from '../../../records/next-steps.tsx'
import { readUnion, useUnionFields } from '../unions/union-fields.ts'
import { isWaiting } from '../application-links.tsx'
import { isFederation, readSlate, useSlateFields } from '../slate.ts'
import type { UnionView } from './union.ts'

type UnionActsProps = { readonly view: UnionView; readonly steps: readonly NextStep[] }

/** What the reader may do with the union beside its next step. Its end is prepared in a part of its own. */
export function UnionActs({ view, steps }: UnionActsProps) {
  const may = useMay()
  const { union } = view
  const writes = may('organisation:write')
  const canAccredit =
    union.legal_person_no === '' &&
    !view.applications.some(({ kind, state }) => kind === 'union.accreditation' && isWaiting(state))
  const isGroup = union.kind === 'GROUP'
  return (
    <div className="acts">
      {union.state === 'active' && !isGroup && union.kind !== 'WORK_COMMITTEE' && writes && canAccredit ? (
        <ApplyAccreditationAct view={view} />
      ) : null}
      {union.ended_on === null && writes && !isGroup && !takesStep(steps, 'unions.next.chooseKind') ? (
        <ChangeAct view={view} />
      ) : null}
      {union.state === 'active' && writes && isGroup ? <EndGroupAct union={union} /> : null}
    </div>
  )
}

export function ChangeAct({ view }: { readonly view: UnionView }) {
  const text = useText()
  const { union } = view
  const fields = useUnionFields({ bodyId: union.tenant_id, before: view })
  return (
    <ActDialog
      label={text('unions.change')}
      title={text('unions.change.title', { name: union.name })}
      {...(union.state === 'preparatory' ? {} : { text: text('unions.change.fixed') })}
      fields={fields}
      run={(api, values) =>
        api.unions.changeUnion.mutate({
          unionId: union.id,
          version: union.version,
          ...readUnion(values, { before: view }),
        })
      }
    />
  )
}

const slots = ['form', 'memberList', 'candidateList'] as const

/** Applies for the founding, the first time or again. */
export function ApplyAct({ view }: { readonly view: UnionView }) {
  const text = useText()
  const goTo = useGoTo()
  const { union, isFoundedAbove } = view
  const isDispatched = union.kind === 'WORK_COMMITTEE'
  const slate = useSlateFields({ isFederation: isFederation(union.kind), asksMembers: false })
  return (
    <ActDialog
      primary
      wide
      label={text('unions.apply')}
      title={text('unions.apply.title', { name: union.name })}
      fields={[
        { name: 'members', label: text('unions.apply.members'), kind: 'number' },
        { name: 'papers.form', label: text('unions.apply.form'), kind: 'check' },
        { name: 'papers.memberList', label: text('unions.apply.memberList'), kind: 'check' },
        ...(isDispatched
          ? []
          : [
              { name: 'papers.candidateList', label: text('unions.apply.candidateList'), kind: 'check' as const },
              ...slate,
            ]),
        ...slots.map((slot) => attachPapers(text, slot, { optional: !isFoundedAbove || slot === 'candidateList' })),
      ]}
      run={(api, values) =>
        api.unions.applyUnion.mutate({
          files: readPapers(values),
          unionId: union.id,
          version: union.version,
          members: readWhole(values['members']),
          papers: {
            form: values['papers.form'] === 'yes',
            memberList: values['papers.memberList'] === 'yes',
            candidateList: values['papers.candidateList'] === 'yes',
          },
          congress: isDispatched ? null : readSlate(values),
        })
      }
      onDone={goTo}
    />
  )
}

/** To the application that an act handed in. */
function useGoTo() {
  const navigate = useNavigate()
  const keep = useKeepingPeriod()
  return ({ applicationId }: { readonly applicationId: number }) => navigate(keep(`/approvals/${applicationId}`))
}

function ApplyAccreditationAct({ view }: { readonly view: UnionView }) {
  const { union, isAccreditedAbove } = view
  const text = useText()
  const goTo = useGoTo()
  return (
    <ActDialog
      label={text('unions.accredit.apply')}
      title={text('unions.accredit.title', { name: union.name })}
      fields={[attachPapers(text, 'certificate', { optional: !isAccreditedAbove })]}
      run={(api, values) =>
        api.unions.applyAccreditation.mutate({
          unionId: union.id,
          version: union.version,
          files: readPapers(values),
        })
      }
      onDone={goTo}
    />
  )
}

function EndGroupAct({ union }: { readonly union: UnionView['union'] }) {
  const text = useText()
  return (
    <ActDialog
      label={text('unions.group.end')}
      title={text('unions.group.end.title', { name: union.name })}
      fields={[
        { name: 'on', label: text('unions.end.on'), kind: 'date', initial: 'today' },
        { name: 'reason', label: text('unions.end.reason'), kind: 'lines', maxLength: 300 },
      ]}
      run={(api, values) =>
        api.unions.endGroup.mutate({
          unionId: union.id,
          version: union.version,
          on: values['on'] ?? '',
          reason: values['reason'] ?? '',
        })
      }
    />
  )
}
