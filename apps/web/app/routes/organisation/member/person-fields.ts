import { checkIdNumber, ageOn, checkPhone, foldIdNumber } from '@gonglian/organisation/numbers'
import type { Locale, Translate } from '@gonglian/ui/messages'
import { translateUnknown } from '@gonglian/ui/messages'
import type { ActField } from '../../../act-dialog.tsx'
import { findEmployers } from '../finders.ts'
import { employments, hukous, kinds, type Member } from '../members/member.ts'

/** Whoever joins is sixteen (handbook 13). */
const memberAge = 16
export const idLength = 18

/** What an id number says by itself, while it is typed: how many signs are left, what is wrong, or who it is. */
export function judgeIdNumber(
  value: string,
  text: Translate,
  locale: Locale,
  today: string,
): { wrong?: string; hint?: string } {
  const length = foldIdNumber(value).length
  if (length < idLength) return { hint: text('members.idNumber.typed', { length }) }
  const verdict = checkIdNumber(value, { today, minimumAge: memberAge })
  if (!verdict.ok) {
    const [fault] = verdict.errors
    return fault ? { wrong: translateUnknown(locale, fault.key, fault.params) } : {}
  }
  const said = text('members.idNumber.says', {
    sex: text(`members.sex.${verdict.id.sex}`),
    age: ageOn(verdict.id.birth, today),
  })
  const [warning] = verdict.warnings
  return { hint: warning ? `${said} ${translateUnknown(locale, warning.key, warning.params)}` : said }
}

/** The fields of a person, those first that nobody may be without. */
export function listPersonFields(
  text: Translate,
  locale: Locale,
  bodyId: number,
  known: Partial<Member> = {},
): ActField[] {
  const employers = findEmployers(bodyId)
  return [
    { name: 'name', label: text('members.name'), kind: 'text', maxLength: 60, initial: known.name ?? '' },
    {
      name: 'idNumber',
      label: text('members.idNumber'),
      kind: 'text',
      maxLength: 40,
      plain: true,
      optional: true,
      hint: known.idNumber ? text('members.keeps', { value: known.idNumber }) : text('members.idNumber.hint'),
      judge: (value, today) => judgeIdNumber(value, text, locale, today),
    },
    {
      name: 'mobile',
      label: text('members.mobile'),
      kind: 'text',
      maxLength: 40,
      plain: true,
      optional: true,
      ...(known.mobile ? { hint: text('members.keeps', { value: known.mobile }) } : {}),
      judge: (value) =>
        value.replaceAll(/\D/g, '').length >= 11 && checkPhone(value) === null
          ? { wrong: translateUnknown(locale, 'organisation.phone.signs') }
          : null,
    },
    {
      name: 'kind',
      label: text('members.kind'),
      kind: 'choice',
      initial: known.kind ?? 'normal',
      options: kinds.map((kind) => ({ value: kind, label: text(`members.kind.${kind}`) })),
    },
    {
      name: 'employment',
      label: text('members.employment'),
      kind: 'choice',
      initial: known.employment ?? 'contract',
      options: employments.map((one) => ({ value: one, label: text(`members.employment.${one}`) })),
    },
    {
      name: 'hukou',
      label: text('members.hukou'),
      kind: 'choice',
      initial: known.hukou ?? '',
      options: [
        { value: '', label: text('members.hukou.unknown') },
        ...hukous.map((hukou) => ({ value: hukou, label: text(`members.hukou.${hukou}`) })),
      ],
    },
    ...(['hukouArea', 'education', 'job', 'group', 'destination'] as const).map((name): ActField => ({
      name,
      label: text(`members.${name}`),
      kind: 'text',
      maxLength: 80,
      optional: true,
      initial: known[name] ?? '',
    })),
    {
      name: 'destinationOn',
      label: text('members.destinationOn'),
      kind: 'date',
      optional: true,
      initial: known.destinationOn ?? '',
    },
    ...(['employer', 'custody'] as const).map((name): ActField => ({
      name: name === 'employer' ? 'employerId' : 'custodyEmployerId',
      label: text(`members.${name}`),
      kind: 'find',
      find: employers,
      optional: true,
    })),
    ...(known.consent ? [] : listConsentFields(text)),
  ]
}

function listConsentFields(text: Translate): ActField[] {
  return [
    {
      name: 'consent.version',
      label: text('members.consent.version'),
      kind: 'text',
      maxLength: 40,
      optional: true,
      hint: text('members.consent.hint'),
    },
    { name: 'consent.on', label: text('members.consent.on'), kind: 'date', initial: 'today', optional: true },
    {
      name: 'consent.channel',
      label: text('members.consent.channel'),
      kind: 'choice',
      initial: 'paper',
      options: (['paper', 'online', 'oral'] as const).map((channel) => ({
        value: channel,
        label: text(`members.consent.${channel}`),
      })),
    },
  ]
}

/** What was typed of a person, as the API takes it: what was left blank is left out. */
export function readPerson(values: Readonly<Record<string, string>>, known: Partial<Member> = {}) {
  const changed = (name: 'hukouArea' | 'education' | 'job' | 'group' | 'destination') => {
    const typed = values[name]
    return typed === undefined || typed === (known[name] ?? '') ? {} : { [name]: typed }
  }
  const kind = kinds.find((one) => one === values['kind'])
  const employment = employments.find((one) => one === values['employment'])
  const hukou = hukous.find((one) => one === values['hukou'])
  const version = values['consent.version'] ?? ''
  const channel = (['paper', 'online', 'oral'] as const).find((one) => one === values['consent.channel']) ?? 'paper'
  return {
    ...(values['idNumber'] ? { idNumber: values['idNumber'] } : {}),
    ...(values['mobile'] ? { mobile: values['mobile'] } : {}),
    ...(kind ? { kind } : {}),
    ...(employment ? { employment } : {}),
    ...(hukou ? { hukou } : {}),
    ...changed('hukouArea'),
    ...changed('education'),
    ...changed('job'),
    ...changed('group'),
    ...changed('destination'),
    ...(values['destinationOn'] === undefined || values['destinationOn'] === (known.destinationOn ?? '')
      ? {}
      : { destinationOn: values['destinationOn'] === '' ? null : values['destinationOn'] }),
    ...(values['employerId'] ? { employerId: Number(values['employerId']) } : {}),
    ...(values['custodyEmployerId'] ? { custodyEmployerId: Number(values['custodyEmployerId']) } : {}),
    ...(version === '' ? {} : { consent: { version, on: values['consent.on'] ?? '', channel } }),
  }
}
