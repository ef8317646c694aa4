import { useText } from '@gonglian/ui'
import { ActDialog, type ActField } from '../../../act-dialog.tsx'
import { readWhole } from '../../../act-values.ts'
import { visitPurposes } from '../census/lead.ts'
import { findEmployers } from '../finders.ts'

export type VisitActProps = {
  readonly primary: boolean
  /** From a lead: who was visited. */
  readonly employer?: { readonly id: number; readonly name: string }
  readonly bodyId: number
}

/** Notes a visit to an enterprise or a park (进园区、进企业, M023). */
export function VisitAct({ primary, employer, bodyId }: VisitActProps) {
  const text = useText()
  const where: readonly ActField[] =
    employer === undefined
      ? [
          {
            name: 'place',
            label: text('visits.place'),
            kind: 'choice',
            initial: 'employer',
            options: [
              { value: 'employer', label: text('visits.place.employer') },
              { value: 'park', label: text('visits.place.park') },
            ],
          },
          {
            name: 'employerId',
            label: text('employers.name'),
            kind: 'find',
            find: findEmployers(bodyId),
            when: (values) => values['place'] === 'employer',
          },
          {
            name: 'park',
            label: text('employers.park'),
            kind: 'text',
            maxLength: 80,
            when: (values) => values['place'] === 'park',
          },
        ]
      : []
  return (
    <ActDialog
      primary={primary}
      label={text('leads.visit')}
      title={employer === undefined ? text('leads.visit') : text('leads.visit.title', { name: employer.name })}
      fields={[
        ...where,
        { name: 'visitedOn', label: text('leads.visit.on'), kind: 'date', initial: 'today' },
        {
          name: 'purpose',
          label: text('leads.visit.purpose'),
          kind: 'choice',
          initial: 'mobilise',
          options: visitPurposes.map((one) => ({ value: one, label: text(`leads.purpose.${one}`) })),
        },
        { name: 'visitors', label: text('leads.visit.visitors'), kind: 'number', initial: '2' },
        { name: 'foundOut', label: text('leads.visit.foundOut'), kind: 'lines', maxLength: 1000, optional: true },
        { name: 'nextStep', label: text('leads.visit.next'), kind: 'text', maxLength: 300, optional: true },
      ]}
      run={(api, values) => {
        const employerId = employer?.id ?? (values['employerId'] ? Number(values['employerId']) : null)
        return api.leads.recordVisit.mutate({
          ...(values['place'] === 'park'
            ? { park: values['park'] ?? '' }
            : // Nobody chosen: the API says so beside the field.
              { employerId: employerId ?? Number.NaN }),
          visitedOn: values['visitedOn'] ?? '',
          purpose: visitPurposes.find((one) => one === values['purpose']) ?? 'survey',
          visitors: readWhole(values['visitors']),
          foundOut: values['foundOut'] ?? '',
          nextStep: values['nextStep'] ?? '',
        })
      }}
    />
  )
}
