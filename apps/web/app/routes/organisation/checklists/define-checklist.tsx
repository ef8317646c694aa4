import { useLocale, useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { orNull, readFilledRows } from '../../../act-values.ts'
import { listAudienceFields, readAudience } from '../audience.ts'
import { keepEnglish } from '../english.ts'
import { knownOf } from '../unions/union.ts'
import { companionKinds, evidenceKinds, purposes, type Checklist } from './checklist.ts'

/** Issues a list, or the next edition of one: for which unions, and item by item what shows that it is met. */
export function DefineChecklist({ before }: { readonly before: Checklist | null }) {
  const text = useText()
  // Nobody is asked for English on a Chinese page.
  const asksEnglish = useLocale() === 'en'
  return (
    <ActDialog
      wide
      label={text(before === null ? 'checklists.define' : 'checklists.next')}
      title={before === null ? text('checklists.define') : text('checklists.next.title', { name: before.nameZh })}
      text={text('checklists.define.text')}
      fields={[
        {
          name: 'nameZh',
          label: text('checklists.nameZh'),
          kind: 'text',
          initial: before?.nameZh ?? '',
          maxLength: 60,
        },
        ...(asksEnglish
          ? [
              {
                name: 'nameEn',
                label: text('checklists.nameEn'),
                kind: 'text',
                optional: true,
                initial: before?.nameEn ?? '',
                maxLength: 120,
              } as const,
            ]
          : []),
        {
          name: 'purpose',
          label: text('checklists.purpose'),
          kind: 'choice',
          initial: before?.purpose ?? 'standard',
          options: purposes.map((value) => ({ value, label: text(`checklists.purpose.${value}`) })),
        },
        {
          name: 'enforcement',
          label: text('checklists.enforcement'),
          kind: 'choice',
          initial: before?.enforcement ?? 'warning',
          options: (['warning', 'blocking'] as const).map((value) => ({
            value,
            label: text(`checklists.enforcement.${value}`),
          })),
        },
        { name: 'validFrom', label: text('checklists.validFrom'), kind: 'date', initial: 'today' },
        {
          name: 'items',
          label: text('checklists.items'),
          kind: 'rows',
          columns: [
            { name: 'textZh', label: text('checklists.item.zh'), kind: 'text', maxLength: 200 },
            ...(asksEnglish
              ? [{ name: 'textEn', label: text('checklists.item.en'), kind: 'text', maxLength: 300 } as const]
              : []),
            {
              name: 'evidenceKind',
              label: text('checklists.item.evidence'),
              kind: 'choice',
              options: evidenceKinds.map((value) => ({ value, label: text(`checklists.evidence.${value}`) })),
            },
            {
              name: 'companionKind',
              label: text('checklists.companion'),
              kind: 'choice',
              options: [
                { value: '', label: text('checklists.companion.none') },
                ...companionKinds.map((value) => ({ value, label: text(`checklists.companion.${value}`) })),
              ],
            },
          ],
          initial: writeItems(before),
        },
        ...listAudienceFields(text, before),
        {
          name: 'approvedFrom',
          label: text('checklists.approvedFrom'),
          kind: 'date',
          optional: true,
          initial: before?.approvedFrom ?? '',
          hint: text('checklists.approvedFrom.hint'),
        },
        {
          name: 'source',
          label: text('checklists.source'),
          kind: 'text',
          optional: true,
          initial: before?.source ?? '',
        },
      ]}
      run={(api, values) =>
        api.checklists.defineChecklist.mutate({
          ...(before === null ? {} : { code: before.code }),
          nameZh: values['nameZh'] ?? '',
          nameEn: values['nameEn'] ?? before?.nameEn ?? '',
          purpose: knownOf(purposes, values['purpose'] ?? '') ?? 'standard',
          enforcement: values['enforcement'] === 'blocking' ? 'blocking' : 'warning',
          validFrom: values['validFrom'] ?? '',
          source: values['source'] ?? '',
          ...readAudience(values),
          approvedFrom: orNull(values['approvedFrom']),
          items: readFilledRows(values['items'], 'textZh').map((row) => ({
            textZh: row['textZh'] ?? '',
            textEn: keepEnglish(row['textZh'], asksEnglish ? row['textEn'] : undefined, before?.items ?? []),
            evidenceKind: knownOf(evidenceKinds, row['evidenceKind'] ?? '') ?? 'none',
            companionKind: knownOf(companionKinds, row['companionKind'] ?? ''),
          })),
        })
      }
    />
  )
}

function writeItems(before: Checklist | null): string {
  return JSON.stringify(
    before?.items.map(({ textZh, textEn, evidenceKind, companionKind }) => ({
      textZh,
      textEn,
      evidenceKind,
      companionKind: companionKind ?? '',
    })) ?? [],
  )
}
