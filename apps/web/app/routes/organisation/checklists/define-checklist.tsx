import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readToday } from '../day.ts'
import { kinds, knownOf } from '../unions/union.ts'
import { companionKinds, evidenceKinds, purposes, type Checklist } from './checklist.ts'

/**
 * Issues a list, or the next edition of one: an item a line, the English wording after a bar. An item whose wording stays keeps what it
 * asks for.
 */
export function DefineChecklist({ before }: { readonly before: Checklist | null }) {
  const text = useText()
  return (
    <ActDialog
      label={text(before === null ? 'checklists.define' : 'checklists.next')}
      title={before === null ? text('checklists.define') : text('checklists.next.title', { name: before.nameZh })}
      text={text('checklists.define.text')}
      fields={[
        ...(before === null
          ? [
              {
                name: 'code',
                label: text('checklists.code'),
                kind: 'text',
                hint: text('checklists.code.hint'),
                maxLength: 40,
              } as const,
            ]
          : []),
        {
          name: 'nameZh',
          label: text('checklists.nameZh'),
          kind: 'text',
          initial: before?.nameZh ?? '',
          maxLength: 60,
        },
        {
          name: 'nameEn',
          label: text('checklists.nameEn'),
          kind: 'text',
          initial: before?.nameEn ?? '',
          maxLength: 120,
        },
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
        { name: 'validFrom', label: text('checklists.validFrom'), kind: 'date', initial: readToday() },
        {
          name: 'items',
          label: text('checklists.items'),
          kind: 'lines',
          maxLength: 20_000,
          hint: text('checklists.items.hint'),
          initial: before?.items.map((item) => `${item.textZh} | ${item.textEn}`).join('\n') ?? '',
        },
        {
          name: 'evidence',
          label: text('checklists.evidence.new'),
          kind: 'choice',
          initial: 'none',
          options: evidenceKinds.map((value) => ({ value, label: text(`checklists.evidence.${value}`) })),
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
          code: before?.code ?? values['code'] ?? '',
          nameZh: values['nameZh'] ?? '',
          nameEn: values['nameEn'] ?? '',
          purpose: knownOf(purposes, values['purpose'] ?? '') ?? 'standard',
          enforcement: values['enforcement'] === 'blocking' ? 'blocking' : 'warning',
          validFrom: values['validFrom'] ?? '',
          source: values['source'] ?? '',
          ...(before === null
            ? {}
            : {
                kinds: before.kinds.flatMap((kind) => knownOf(kinds, kind) ?? []),
                unitClasses: before.unitClasses,
                minHeadcount: before.minHeadcount,
                maxHeadcount: before.maxHeadcount,
                approvedFrom: before.approvedFrom,
              }),
          items: readItems(values['items'] ?? '', before, knownOf(evidenceKinds, values['evidence'] ?? '') ?? 'none'),
        })
      }
    />
  )
}

function readItems(lines: string, before: Checklist | null, evidenceKind: (typeof evidenceKinds)[number]) {
  return lines.split('\n').flatMap((line) => {
    const [zh = '', en = ''] = line.split(/[|｜]/).map((part) => part.trim())
    if (zh === '') return []
    const same = before?.items.find((item) => item.textZh === zh)
    return [
      {
        textZh: zh,
        textEn: en === '' ? zh : en,
        evidenceKind: same?.evidenceKind ?? evidenceKind,
        companionKind: knownOf(companionKinds, same?.companionKind ?? ''),
      },
    ]
  })
}
