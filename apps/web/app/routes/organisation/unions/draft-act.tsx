import { useNavigate } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { orNull, readWhole } from '../../../act-values.ts'
import { useKeepingPeriod } from '../../../address.ts'
import { findEmployers } from '../finders.ts'
import { kinds, knownOf, ownerships, unitClasses } from './union.ts'

export type DraftActProps = {
  readonly bodyId: number
  /** From a lead: whose union it becomes. */
  readonly lead?: {
    readonly leadId: number
    readonly employerId: number
    readonly name: string
    readonly headcount: number | null
  }
}

const ofEmployer: readonly string[] = ['BASIC_SINGLE', 'BASIC_PROJECT', 'ORGANISER_ONLY']

/** Enters a union that is being prepared, and opens it. */
export function DraftAct({ bodyId, lead }: DraftActProps) {
  const text = useText()
  const keep = useKeepingPeriod()
  const navigate = useNavigate()
  const drafted = kinds.filter((kind) => kind !== 'GROUP')
  return (
    <ActDialog
      primary
      label={text('unions.draft')}
      title={text('unions.draft.title')}
      text={text('unions.draft.text')}
      fields={[
        {
          name: 'name',
          label: text('unions.name'),
          kind: 'text',
          maxLength: 120,
          initial: lead === undefined ? '' : text('unions.draft.name', { employer: lead.name }),
        },
        {
          name: 'kind',
          label: text('unions.kind'),
          kind: 'choice',
          initial: 'BASIC_SINGLE',
          options: drafted.map((kind) => ({ value: kind, label: text(`unions.kind.${kind}`) })),
        },
        ...(lead === undefined
          ? [
              {
                name: 'employerId',
                label: text('unions.employer'),
                kind: 'find' as const,
                find: findEmployers(bodyId),
                when: (values: Readonly<Record<string, string>>) => ofEmployer.includes(values['kind'] ?? ''),
              },
            ]
          : []),
        {
          name: 'unitClass',
          label: text('unions.unitClass'),
          kind: 'choice',
          initial: 'enterprise',
          options: unitClasses.map((one) => ({ value: one, label: text(`unions.unitClass.${one}`) })),
          when: (values) => !ofEmployer.includes(values['kind'] ?? ''),
        },
        {
          name: 'ownership',
          label: text('unions.ownership'),
          kind: 'choice',
          initial: 'private',
          options: ownerships.map((one) => ({ value: one, label: text(`unions.ownership.${one}`) })),
          when: (values) => !ofEmployer.includes(values['kind'] ?? ''),
        },
        {
          name: 'headcount',
          label: text('unions.headcount'),
          kind: 'number',
          initial: lead?.headcount === null || lead === undefined ? '' : String(lead.headcount),
        },
        { name: 'femaleHeadcount', label: text('unions.headcount.female'), kind: 'number' },
        {
          name: 'expectedEndOn',
          label: text('unions.expectedEnd'),
          kind: 'date',
          when: (values) => values['kind'] === 'BASIC_PROJECT',
        },
        {
          name: 'isVillage',
          label: text('unions.village'),
          kind: 'check',
          when: (values) => values['kind'] === 'BASIC_JOINT' || values['kind'] === 'UNION_ASSOC_BASIC',
        },
      ]}
      run={(api, values) => {
        const employer = lead?.employerId ?? (values['employerId'] ? Number(values['employerId']) : null)
        const takesEmployer = ofEmployer.includes(values['kind'] ?? '')
        return api.unions.draftUnion.mutate({
          name: values['name'] ?? '',
          kind: drafted.find((kind) => kind === values['kind']) ?? 'BASIC_SINGLE',
          employerId: takesEmployer ? employer : null,
          unitClass: knownOf(unitClasses, values['unitClass'] ?? '') ?? 'enterprise',
          ownership: knownOf(ownerships, values['ownership'] ?? '') ?? 'private',
          headcount: readWhole(values['headcount']),
          femaleHeadcount: readWhole(values['femaleHeadcount']),
          expectedEndOn: orNull(values['expectedEndOn']),
          isVillage: values['isVillage'] === 'yes',
          ...(lead === undefined ? {} : { leadId: lead.leadId }),
        })
      }}
      onDone={({ unionId }) => navigate(keep(`/organisation/unions/${unionId}`))}
    />
  )
}
