import ts from 'typescript'
import type { Finding } from './finding.ts'
import { catalogue, listKeys } from './messages.ts'
import { isCode, isTest, lineAt, type Project, type SourceFile } from './project.ts'
import { lineOf, parse, walk } from './syntax.ts'

const languages = ['zh-CN', 'en'] as const

type Use = { file: string; line: number; action: string }

/**
 * Every act that is written into the audit trail has words in both languages: whoever reads the trail reads sentences, not the names of
 * functions. Found are the texts at `action` of what `recordAudit` is given, and what migrations insert.
 */
export function checkAuditActions({ files }: Project): Finding[] {
  const keys = { 'zh-CN': new Set<string>(), en: new Set<string>() }
  for (const file of files) {
    const language = catalogue.exec(file.path)?.[1]
    if (language === 'zh-CN' || language === 'en') for (const key of listKeys(file)) keys[language].add(key)
  }
  const used = files.flatMap((file) => {
    if (/^packages\/[\w-]+\/migrations\//.test(file.path)) return listInserted(file)
    return isCode(file) && !isTest(file) && file.package?.group !== 'tooling' ? listRecorded(file) : []
  })
  return used.flatMap(({ action, file, line }) => {
    const missing = languages.filter((language) => !keys[language].has(`audit.action.${action}`))
    if (missing.length === 0) return []
    return [{ file, line, rule: 'audit', message: `the act "${action}" has no text in ${missing.join(' and ')}` }]
  })
}

/** The acts of a file that calls `recordAudit`: every text that stands at `action` there, also as one of two. */
function listRecorded(file: SourceFile): Use[] {
  if (!file.text.includes('recordAudit')) return []
  const tree = parse(file)
  const uses: Use[] = []
  const add = (node: ts.Expression) => {
    if (ts.isStringLiteralLike(node)) {
      if (/^[\w]+(\.\w+)+$/.test(node.text)) uses.push({ file: file.path, line: lineOf(tree, node), action: node.text })
    } else if (ts.isConditionalExpression(node)) {
      add(node.whenTrue)
      add(node.whenFalse)
    }
  }
  walk(tree, (node) => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'action') add(node.initializer)
  })
  return uses
}

/** Texts like 'below.leaderGranted' among the values of an insert into the trail. */
function listInserted(file: SourceFile): Use[] {
  return [...file.text.matchAll(/insert into tenancy\.audit\s*\([^;]*;/g)].flatMap((insert) =>
    [...insert[0].matchAll(/'([a-z]\w*(?:\.\w+)+)'/g)].map((text) => ({
      file: file.path,
      line: lineAt(file.text, insert.index + text.index),
      action: text[1] ?? '',
    })),
  )
}
