import { readMedia, selectOwnFiles } from '@gonglian/files'
import { defineList } from '@gonglian/records'
import type { TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { evidenceFiles } from './evidence-files.ts'
import { evidenceView } from './evidence-view.ts'

export type EvidenceKind = 'none' | 'photo' | 'document' | 'either'

/** Whether a file of this type can show what an item asks for. */
function suitsEvidence(kind: EvidenceKind, media: string): boolean {
  if (kind === 'photo') return media !== 'application/pdf'
  if (kind === 'document') return media === 'application/pdf'
  return true
}

export const listEvidence = defineList(evidenceView, {
  rows: (ctx) =>
    selectOwnFiles(ctx, evidenceFiles)
      .select(['id', 'file_name as fileName', 'stored_by as storedBy', 'stored_at as storedAt'])
      .select(sql<string>`upper(split_part(media_type, '/', 2))`.as('media')),
})

/**
 * Holds each file named against what is asked of it.
 *
 * @param asked per input path, the file and the kind of evidence
 * @returns what is wrong, by path
 */
export async function checkEvidence(
  ctx: TenantContext,
  asked: readonly { path: string; kind: EvidenceKind; evidenceId: number | null }[],
): Promise<{ path: string; key: string }[]> {
  const ids = asked.flatMap((one) => (one.evidenceId === null ? [] : [one.evidenceId]))
  const media = await readMedia(ctx, evidenceFiles, ids)
  return asked.flatMap(({ path, kind, evidenceId }) => {
    if (evidenceId === null) return kind === 'none' ? [] : [{ path, key: 'organisation.evidenceMissing' }]
    const type = media.get(evidenceId)
    if (type === undefined) return [{ path, key: 'organisation.evidenceNotFound' }]
    return suitsEvidence(kind, type) ? [] : [{ path, key: 'organisation.evidenceOther' }]
  })
}
