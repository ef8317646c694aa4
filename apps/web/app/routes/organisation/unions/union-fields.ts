import { useText } from '@gonglian/ui'
import type { ActField } from '../../../act-dialog.tsx'
import { orNull, readWholeOrNull, type ActValues } from '../../../act-values.ts'
import { findEmployers, findGuides } from '../finders.ts'
import type { UnionView } from '../union/union.ts'
import { kinds, knownOf, ownerships, unitClasses } from './union.ts'

/** Kinds that stand in an employer, or at a client's project. */
const ofEmployer: readonly string[] = ['BASIC_SINGLE', 'BASIC_PROJECT', 'ORGANISER_ONLY']
const drafted = kinds.filter((kind) => kind !== 'GROUP')

export type UnionFieldsOptions = {
  readonly bodyId: number
  /** What the register says now; none for a union that is only being entered. */
  readonly before?: UnionView
  /** From a lead: whose union it becomes. */
  readonly lead?: { readonly employerId: number; readonly name: string; readonly headcount: number | null }
}

/** The particulars of a union, to be entered or corrected. What it is and whose is asked only before it was applied for. */
export function useUnionFields({ bodyId, before, lead }: UnionFieldsOptions): readonly ActField[] {
  const text = useText()
  const union = before?.union
  const kindOf = (values: ActValues) => values['kind'] ?? union?.kind ?? ''
  const takesEmployer = (values: ActValues) => ofEmployer.includes(kindOf(values))
  const isOpen = union === undefined || union.state === 'preparatory'
  const number = (value: number | null | undefined) => (value === null || value === undefined ? '' : String(value))
  const party = union?.has_party_organisation
  const employer = {
    name: 'employerId',
    label: text('unions.employer'),
    kind: 'find' as const,
    find: findEmployers(bodyId),
    initial: number(union?.employer_id),
    ...(before?.employerName == null ? {} : { chosen: before.employerName }),
  }
  return [
    {
      name: 'name',
      label: text('unions.name'),
      kind: 'text',
      maxLength: 120,
      initial: union?.name ?? (lead === undefined ? '' : text('unions.draft.name', { employer: lead.name })),
    },
    ...(isOpen
      ? [
          {
            name: 'kind',
            label: text('unions.kind'),
            kind: 'choice' as const,
            initial: union?.kind ?? 'BASIC_SINGLE',
            options: drafted.map((kind) => ({ value: kind, label: text(`unions.kind.${kind}`) })),
          },
        ]
      : []),
    ...(isOpen && lead === undefined
      ? [
          { ...employer, when: (values: ActValues) => kindOf(values) === 'BASIC_SINGLE' },
          // A project may have a client that is in no register.
          {
            ...employer,
            optional: true,
            when: (values: ActValues) => takesEmployer(values) && kindOf(values) !== 'BASIC_SINGLE',
          },
        ]
      : []),
    {
      name: 'unitClass',
      label: text('unions.unitClass'),
      kind: 'choice',
      initial: union?.unit_class ?? 'enterprise',
      options: unitClasses.map((one) => ({ value: one, label: text(`unions.unitClass.${one}`) })),
      when: (values) => !takesEmployer(values),
    },
    {
      name: 'ownership',
      label: text('unions.ownership'),
      kind: 'choice',
      initial: union?.ownership ?? 'private',
      options: ownerships.map((one) => ({ value: one, label: text(`unions.ownership.${one}`) })),
      when: (values) => !takesEmployer(values),
    },
    // Where the employers say how many work there, theirs is the only number.
    ...(before?.isHeadcountRegistered === true || (lead !== undefined && lead.headcount !== null)
      ? []
      : [
          {
            name: 'headcount',
            label: text('unions.headcount'),
            kind: 'number' as const,
            optional: true,
            hint: text('unions.headcount.hint'),
            initial: number(union?.headcount || null),
          },
          {
            name: 'femaleHeadcount',
            label: text('unions.headcount.female'),
            kind: 'number' as const,
            optional: true,
            initial: number(union?.female_headcount || null),
          },
        ]),
    {
      name: 'expectedEndOn',
      label: text('unions.expectedEnd'),
      kind: 'date',
      initial: union?.expected_end_on ?? '',
      when: (values) => (values['kind'] ?? union?.kind) === 'BASIC_PROJECT',
    },
    {
      name: 'isVillage',
      label: text('unions.village'),
      kind: 'check',
      initial: union?.is_village === true ? 'yes' : '',
      when: (values) => ['BASIC_JOINT', 'UNION_ASSOC_BASIC'].includes(values['kind'] ?? union?.kind ?? ''),
    },
    {
      name: 'hasPartyOrganisation',
      label: text('employers.party'),
      kind: 'choice',
      initial: party === true ? 'yes' : party === false ? 'no' : '',
      options: [
        { value: '', label: text('employers.party.unknown') },
        { value: 'yes', label: text('employers.party.yes') },
        { value: 'no', label: text('employers.party.no') },
      ],
    },
    {
      name: 'industry',
      label: text('employers.industry'),
      kind: 'text',
      maxLength: 1,
      plain: true,
      optional: true,
      hint: text('employers.industry.hint'),
      initial: union?.industry ?? '',
      when: (values) => !takesEmployer(values),
    },
    {
      name: 'areaCode',
      label: text('employers.areaCode'),
      kind: 'text',
      maxLength: 12,
      plain: true,
      optional: true,
      hint: text('unions.area.hint'),
      initial: union?.area_code ?? '',
    },
    {
      name: 'lineGuide',
      label: text('unions.lineGuide'),
      kind: 'find',
      find: findGuides,
      optional: true,
      initial: before?.lineGuide?.code ?? '',
      ...(before?.lineGuide == null ? {} : { chosen: before.lineGuide.name }),
    },
    { name: 'office', label: text('unions.office'), kind: 'text', optional: true, initial: union?.office ?? '' },
    {
      name: 'phone',
      label: text('unions.phone'),
      kind: 'text',
      maxLength: 40,
      plain: true,
      optional: true,
      initial: union?.phone ?? '',
    },
  ]
}

/** What was typed, as the API takes it; what was not asked stays as it is. */
export function readUnion(values: ActValues, { before, lead }: Pick<UnionFieldsOptions, 'before' | 'lead'> = {}) {
  const union = before?.union
  const kind = drafted.find((one) => one === (values['kind'] ?? union?.kind)) ?? ('BASIC_SINGLE' as const)
  const isOpen = union === undefined || union.state === 'preparatory'
  const typed = values['employerId'] ? Number(values['employerId']) : null
  const employerId = isOpen ? (lead?.employerId ?? typed) : union.employer_id
  const party = values['hasPartyOrganisation']
  return {
    name: values['name'] ?? '',
    kind,
    employerId: isOpen && !ofEmployer.includes(kind) ? null : employerId,
    unitClass: knownOf(unitClasses, values['unitClass'] ?? union?.unit_class ?? '') ?? ('enterprise' as const),
    ownership: knownOf(ownerships, values['ownership'] ?? union?.ownership ?? '') ?? ('private' as const),
    // 0: not typed here; the employers say it, or nobody knows yet.
    headcount: readWholeOrNull(values['headcount']) ?? 0,
    femaleHeadcount: readWholeOrNull(values['femaleHeadcount']) ?? 0,
    expectedEndOn: orNull(values['expectedEndOn']),
    isVillage: values['isVillage'] === 'yes',
    hasPartyOrganisation: party === 'yes' ? true : party === 'no' ? false : null,
    industry: (values['industry'] ?? union?.industry ?? '').toUpperCase(),
    areaCode: values['areaCode'] ?? '',
    lineGuide: orNull(values['lineGuide']),
    office: values['office'] ?? '',
    phone: values['phone'] ?? '',
  }
}
