import { useText } from '@gonglian/ui'
import type { ActField } from '../../../act-dialog.tsx'
import { orNull, readWholeOrNull, type ActValues } from '../../../act-values.ts'
import { knownOf, ownerships, unitClasses } from '../unions/union.ts'
import type { EmployerRow } from './employer.ts'

const parts = [
  ['headcount', 'unions.headcount'],
  ['femaleCount', 'unions.headcount.female'],
  ['migrantCount', 'employers.migrants'],
  ['newFormCount', 'employers.newForm'],
  ['nonQuotaCount', 'employers.nonQuota'],
] as const

/** What the register says of an employer, to be entered or corrected. */
export function useEmployerFields(before: EmployerRow | null): readonly ActField[] {
  const text = useText()
  const counts = {
    headcount: before?.headcount,
    femaleCount: before?.female_count,
    migrantCount: before?.migrant_count,
    newFormCount: before?.new_form_count,
    nonQuotaCount: before?.non_quota_count,
  }
  return [
    { name: 'name', label: text('employers.name'), kind: 'text', maxLength: 120, initial: before?.name ?? '' },
    {
      name: 'creditCode',
      label: text('employers.creditCode'),
      kind: 'text',
      maxLength: 40,
      optional: true,
      initial: before?.credit_code ?? '',
    },
    {
      name: 'ownership',
      label: text('unions.ownership'),
      kind: 'choice',
      initial: before?.ownership ?? 'private',
      options: ownerships.map((one) => ({ value: one, label: text(`unions.ownership.${one}`) })),
    },
    {
      name: 'unitClass',
      label: text('unions.unitClass'),
      kind: 'choice',
      initial: before?.unit_class ?? 'enterprise',
      options: unitClasses.map((one) => ({ value: one, label: text(`unions.unitClass.${one}`) })),
    },
    ...parts.map(([name, key]): ActField => ({
      name,
      label: text(key),
      kind: 'number',
      optional: true,
      initial: counts[name] === null || counts[name] === undefined ? '' : String(counts[name]),
    })),
    {
      name: 'park',
      label: text('employers.park'),
      kind: 'text',
      maxLength: 80,
      optional: true,
      initial: before?.park ?? '',
    },
    { name: 'address', label: text('employers.address'), kind: 'text', optional: true, initial: before?.address ?? '' },
    {
      name: 'areaCode',
      label: text('employers.areaCode'),
      kind: 'text',
      maxLength: 12,
      optional: true,
      initial: before?.area_code ?? '',
    },
    {
      name: 'industry',
      label: text('employers.industry'),
      kind: 'text',
      maxLength: 1,
      optional: true,
      hint: text('employers.industry.hint'),
      initial: before?.industry ?? '',
    },
    {
      name: 'hasPartyOrganisation',
      label: text('employers.party'),
      kind: 'choice',
      initial: before?.has_party_organisation === true ? 'yes' : before?.has_party_organisation === false ? 'no' : '',
      options: [
        { value: '', label: text('employers.party.unknown') },
        { value: 'yes', label: text('employers.party.yes') },
        { value: 'no', label: text('employers.party.no') },
      ],
    },
    {
      name: 'foundedOn',
      label: text('employers.founded'),
      kind: 'date',
      optional: true,
      initial: before?.founded_on ?? '',
    },
  ]
}

/** What was typed, as the API takes it. */
export function readEmployer(values: ActValues) {
  const party = values['hasPartyOrganisation']
  return {
    name: values['name'] ?? '',
    creditCode: orNull(values['creditCode']),
    ownership: knownOf(ownerships, values['ownership'] ?? '') ?? ('private' as const),
    unitClass: knownOf(unitClasses, values['unitClass'] ?? '') ?? ('enterprise' as const),
    headcount: readWholeOrNull(values['headcount']),
    femaleCount: readWholeOrNull(values['femaleCount']),
    migrantCount: readWholeOrNull(values['migrantCount']),
    newFormCount: readWholeOrNull(values['newFormCount']),
    nonQuotaCount: readWholeOrNull(values['nonQuotaCount']),
    park: values['park'] ?? '',
    address: values['address'] ?? '',
    areaCode: values['areaCode'] ?? '',
    industry: (values['industry'] ?? '').toUpperCase(),
    hasPartyOrganisation: party === 'yes' ? true : party === 'no' ? false : null,
    foundedOn: orNull(values['foundedOn']),
  }
}
