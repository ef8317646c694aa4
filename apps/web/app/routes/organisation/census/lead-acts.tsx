import { sendLetterForm, visitForm } from '@gonglian/organisation/declared'
import { Link } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { orNull, readFilledRows } from '../../../act-values.ts'
import { useKeepingPeriod } from '../../../address.ts'
import { DraftAct } from '../unions/draft-act.tsx'
import { CommandDialog } from '../../../records/command-dialog.tsx'
import type { Lead } from './lead.ts'

/** What brings the lead on, the likely next step first; its end last. */
export function LeadActs({ lead, bodyId }: { readonly lead: Lead; readonly bodyId: number }) {
  const text = useText()
  const keep = useKeepingPeriod()
  const isOpen = lead.ended_on === null
  return (
    <div className="acts">
      {lead.union_id === null ? null : (
        <Link className="gl-button gl-button-primary" to={keep(`/organisation/unions/${lead.union_id}`)}>
          {text('leads.union')}
        </Link>
      )}
      {lead.state === 'preparing' && lead.union_id === null ? (
        <DraftAct
          bodyId={bodyId}
          lead={{
            leadId: lead.id,
            employerId: lead.employer_id,
            name: lead.employerName,
            headcount: lead.headcount,
          }}
        />
      ) : null}
      {lead.state === 'contacted' ? <GroupAct lead={lead} /> : null}
      {lead.state === 'refused' ? <LetterAct lead={lead} /> : null}
      {isOpen ? (
        <>
          <CommandDialog
            primary={lead.state === 'found'}
            form={visitForm}
            title={text('visits.recordVisit.title', { name: lead.employerName })}
            given={{ place: 'employer', employerId: lead.employer_id }}
          />
          <AssignAct lead={lead} />
          {lead.state === 'found' || lead.state === 'contacted' || lead.state === 'preparing' ? (
            <InstructorAct lead={lead} />
          ) : null}
          {lead.state === 'refused' ? null : <RefuseAct lead={lead} />}
          {lead.state === 'applied' || lead.state === 'approved' ? null : <EndAct lead={lead} />}
        </>
      ) : null}
    </div>
  )
}

type ActProps = { readonly lead: Lead }

function AssignAct({ lead }: ActProps) {
  const text = useText()
  return (
    <ActDialog
      label={text('leads.assign')}
      title={text('leads.assign.title', { name: lead.employerName })}
      fields={[
        { name: 'assignedTo', label: text('leads.assignedTo'), kind: 'text', maxLength: 60, initial: lead.assigned_to },
        { name: 'dueOn', label: text('leads.due'), kind: 'date', optional: true, initial: lead.due_on ?? '' },
      ]}
      run={(api, values) =>
        api.leads.assignLead.mutate({
          leadId: lead.id,
          version: lead.version,
          assignedTo: values['assignedTo'] ?? '',
          dueOn: orNull(values['dueOn']),
        })
      }
    />
  )
}

function InstructorAct({ lead }: ActProps) {
  const text = useText()
  return (
    <ActDialog
      label={text('leads.instructor')}
      title={text('leads.instructor.title', { name: lead.employerName })}
      fields={[
        { name: 'name', label: text('unions.person'), kind: 'text', maxLength: 60 },
        { name: 'sentBy', label: text('leads.instructor.by'), kind: 'text', maxLength: 120 },
        { name: 'isPartyMember', label: text('leads.partyMember'), kind: 'check' },
        { name: 'on', label: text('leads.instructor.on'), kind: 'date', initial: 'today' },
      ]}
      run={(api, values) =>
        api.leads.sendInstructor.mutate({
          leadId: lead.id,
          name: values['name'] ?? '',
          sentBy: values['sentBy'] ?? '',
          isPartyMember: values['isPartyMember'] === 'yes',
          on: values['on'] ?? '',
        })
      }
    />
  )
}

function GroupAct({ lead }: ActProps) {
  const text = useText()
  return (
    <ActDialog
      primary
      wide
      label={text('leads.group')}
      title={text('leads.group.title', { name: lead.employerName })}
      text={text('leads.group.text')}
      fields={[
        { name: 'on', label: text('leads.group.on'), kind: 'date', initial: 'today' },
        { name: 'leader', label: text('leads.part.group_leader'), kind: 'text', maxLength: 60 },
        { name: 'leaderParty', label: text('leads.group.leaderParty'), kind: 'check' },
        {
          name: 'members',
          label: text('leads.group.members'),
          kind: 'rows',
          optional: true,
          columns: [
            { name: 'name', label: text('unions.person'), kind: 'text' },
            { name: 'isPartyMember', label: text('leads.partyMember'), kind: 'check' },
          ],
        },
        {
          name: 'proposedChair',
          label: text('leads.part.proposed_chair'),
          kind: 'text',
          maxLength: 60,
          optional: true,
        },
        { name: 'chairParty', label: text('leads.group.chairParty'), kind: 'check' },
      ]}
      run={(api, values) =>
        api.leads.formGroup.mutate({
          leadId: lead.id,
          version: lead.version,
          on: values['on'] ?? '',
          leader: { name: values['leader'] ?? '', isPartyMember: values['leaderParty'] === 'yes' },
          members: readFilledRows(values['members'], 'name').map((row) => ({
            name: row['name'] ?? '',
            isPartyMember: row['isPartyMember'] === 'yes',
          })),
          ...(values['proposedChair']
            ? { proposedChair: { name: values['proposedChair'], isPartyMember: values['chairParty'] === 'yes' } }
            : {}),
        })
      }
    />
  )
}

function RefuseAct({ lead }: ActProps) {
  const text = useText()
  return (
    <ActDialog
      label={text('leads.refuse')}
      title={text('leads.refuse.title', { name: lead.employerName })}
      fields={[
        { name: 'on', label: text('leads.refuse.on'), kind: 'date', initial: 'today' },
        { name: 'reason', label: text('leads.refusal'), kind: 'lines', maxLength: 300 },
      ]}
      run={(api, values) =>
        api.leads.refuseLead.mutate({
          leadId: lead.id,
          version: lead.version,
          on: values['on'] ?? '',
          reason: values['reason'] ?? '',
        })
      }
    />
  )
}

function EndAct({ lead }: ActProps) {
  const text = useText()
  return (
    <ActDialog
      label={text('leads.end')}
      title={text('leads.end.title', { name: lead.employerName })}
      fields={[
        {
          name: 'to',
          label: text('leads.end.as'),
          kind: 'choice',
          initial: 'exempt',
          options: [
            { value: 'exempt', label: text('leads.end.exempt') },
            { value: 'closed', label: text('leads.end.closed') },
          ],
        },
        { name: 'on', label: text('unions.end.on'), kind: 'date', initial: 'today' },
        { name: 'reason', label: text('unions.end.reason'), kind: 'lines', maxLength: 300 },
      ]}
      run={(api, values) =>
        api.leads.endLead.mutate({
          leadId: lead.id,
          version: lead.version,
          to: values['to'] === 'closed' ? 'closed' : 'exempt',
          on: values['on'] ?? '',
          reason: values['reason'] ?? '',
        })
      }
    />
  )
}

function LetterAct({ lead }: ActProps) {
  const text = useText()
  return (
    <CommandDialog
      primary
      form={sendLetterForm}
      title={text('jointLetters.sendLetter.title', { name: lead.employerName })}
      given={{ leadId: lead.id, version: lead.version }}
    />
  )
}
