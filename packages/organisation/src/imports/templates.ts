import type { CellType } from '@gonglian/spreadsheets'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { findDeclared } from './import-kinds.ts'

export const ReadTemplate = z.object({ kind: z.string().max(40).default('members'), locale: z.enum(['zh-CN', 'en']) })

export type Template = {
  readonly head: string[]
  readonly example: string[]
  /** What may stand in each column: words to pick from, or how its cells are kept. */
  readonly columns: { key: string; holds: CellType; isRequired: boolean; choices: string[] }[]
}

/** The head of an empty file to fill in, and one line that shows how. */
export async function readTemplate(ctx: TenantContext, input: z.output<typeof ReadTemplate>): Promise<Template> {
  const declared = findDeclared(input.kind)
  requirePermission(ctx, declared.permission)
  const language = input.locale === 'en' ? 'en' : 'zh'
  const isHan = (word: string) => /\p{Script=Han}/u.test(word)
  return {
    head: declared.columns.map((column) => column[language]),
    example: declared.columns.map(({ key }) => declared.example[language][key] ?? ''),
    columns: declared.columns.map(({ key, holds, isRequired = false, choices = [] }) => ({
      key,
      holds,
      isRequired,
      choices: choices.map(({ words }) => words.find((word) => isHan(word) === (language === 'zh')) ?? words[0] ?? ''),
    })),
  }
}
