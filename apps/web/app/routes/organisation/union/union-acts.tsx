import { useNavigate } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readFilledRows, readWhole } from '../../../act-values.ts'
import { useFrame, useKeepingPeriod } from '../../../address.ts'
import { attachPapers, readPapers } from '../../../files/papers.ts'
import { useMay } from '../../../may.ts'
import { readUnion, useUnionFields } from '../unions/union-fields.ts'
import { FoundAct } from './found-act.tsx'
import type { UnionRow, UnionView } from './union.ts'

/** The next steps of the union's life that the reader may take now. Its end is prepared in a part of its own. */
export function UnionActs({ view }: { readonly view: UnionView }) {
  const may = useMay()
  const { person } = useFrame()
  const { union } = view
  const writes = may('organisation:write')
  const decides = may('organisation:approve')
  const isGroup = union.kind === 'GROUP'
  return (
    <div className="acts">
      {union.state === 'preparatory' && writes ? <ApplyAct view={view} /> : null}
      {union.state === 'applied' && decides && !view.isFoundedAbove && union.proposed_by !== person.username ? (
        <DecideActs union={union} />
      ) : null}
      {union.state === 'approved' && writes ? <FoundAct union={union} /> : null}
      {union.state === 'active' && !isGroup && union.kind !== 'WORK_COMMITTEE' ? (
        view.isAccreditedAbove ? (
          writes && union.legal_person_no === '' ? (
            <ApplyAccreditationAct union={union} />
          ) : null
        ) : decides ? (
          <AccreditAct union={union} />
        ) : null
      ) : null}
      {union.ended_on === null && writes && !isGroup ? <ChangeAct view={view} /> : null}
      {union.state === 'active' && writes && isGroup ? <EndGroupAct union={union} /> : null}
    </div>
  )
}

function ChangeAct({ view }: { readonly view: UnionView }) {
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

function ApplyAct({ view }: { readonly view: UnionView }) {
  const text = useText()
  const goTo = useGoTo()
  const { union, isFoundedAbove } = view
  return (
    <ActDialog
      primary
      wide
      label={text('unions.apply')}
      title={text('unions.apply.title', { name: union.name })}
      fields={[
        { name: 'on', label: text('unions.applied'), kind: 'date', initial: 'today' },
        { name: 'members', label: text('unions.apply.members'), kind: 'number' },
        { name: 'papers.form', label: text('unions.apply.form'), kind: 'check' },
        { name: 'papers.memberList', label: text('unions.apply.memberList'), kind: 'check' },
        { name: 'papers.candidateList', label: text('unions.apply.candidateList'), kind: 'check' },
        {
          name: 'candidates',
          label: text('unions.apply.candidates'),
          kind: 'rows',
          columns: [
            { name: 'name', label: text('unions.person'), kind: 'text' },
            { name: 'isNearRelative', label: text('unions.nearRelative'), kind: 'check' },
          ],
        },
        ...(isFoundedAbove ? slots.map((slot) => attachPapers(text, slot)) : []),
      ]}
      run={(api, values) =>
        api.unions.applyUnion.mutate({
          files: readPapers(values),
          unionId: union.id,
          version: union.version,
          on: values['on'] ?? '',
          members: readWhole(values['members']),
          papers: {
            form: values['papers.form'] === 'yes',
            memberList: values['papers.memberList'] === 'yes',
            candidateList: values['papers.candidateList'] === 'yes',
          },
          candidates: readFilledRows(values['candidates'], 'name').map((row) => ({
            name: row['name'] ?? '',
            isNearRelative: row['isNearRelative'] === 'yes',
          })),
        })
      }
      onDone={goTo}
    />
  )
}

function DecideActs({ union }: { readonly union: UnionRow }) {
  const text = useText()
  const seen = { unionId: union.id, version: union.version }
  return (
    <>
      <ActDialog
        primary
        label={text('unions.approve')}
        title={text('unions.approve.title', { name: union.name })}
        fields={[
          { name: 'on', label: text('unions.approve.on'), kind: 'date', initial: 'today' },
          { name: 'decision', label: text('unions.approve.no'), kind: 'text', maxLength: 60 },
        ]}
        run={(api, values) =>
          api.unions.decideUnion.mutate({
            ...seen,
            on: values['on'] ?? '',
            decision: { kind: 'approve', approvalNo: values['decision'] ?? '' },
          })
        }
      />
      <ActDialog
        label={text('unions.return')}
        title={text('unions.return.title', { name: union.name })}
        fields={[
          { name: 'on', label: text('unions.return.on'), kind: 'date', initial: 'today' },
          { name: 'decision', label: text('unions.return.reason'), kind: 'lines', maxLength: 300 },
        ]}
        run={(api, values) =>
          api.unions.decideUnion.mutate({
            ...seen,
            on: values['on'] ?? '',
            decision: { kind: 'return', reason: values['decision'] ?? '' },
          })
        }
      />
    </>
  )
}

/** The paper of which an application must have; the list of candidates too, where there are any. */
const slots = ['form', 'memberList', 'candidateList'] as const

/** To the application that an act handed in, where it handed one in. */
function useGoTo() {
  const navigate = useNavigate()
  const keep = useKeepingPeriod()
  return ({ applicationId }: { readonly applicationId: number | null }) => {
    if (applicationId !== null) navigate(keep(`/approvals/${applicationId}`))
  }
}

function ApplyAccreditationAct({ union }: { readonly union: UnionRow }) {
  const text = useText()
  const goTo = useGoTo()
  return (
    <ActDialog
      label={text('unions.accredit.apply')}
      title={text('unions.accredit.title', { name: union.name })}
      fields={[attachPapers(text, 'certificate')]}
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

function AccreditAct({ union }: { readonly union: UnionRow }) {
  const text = useText()
  return (
    <ActDialog
      label={text('unions.accredit')}
      title={text('unions.accredit.title', { name: union.name })}
      fields={[
        {
          name: 'certificateNo',
          label: text('unions.legal'),
          kind: 'text',
          maxLength: 40,
          initial: union.legal_person_no,
        },
        { name: 'on', label: text('unions.accredit.on'), kind: 'date', initial: 'today' },
      ]}
      run={(api, values) =>
        api.unions.accreditUnion.mutate({
          unionId: union.id,
          version: union.version,
          certificateNo: values['certificateNo'] ?? '',
          on: values['on'] ?? '',
        })
      }
    />
  )
}

function EndGroupAct({ union }: { readonly union: UnionRow }) {
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
