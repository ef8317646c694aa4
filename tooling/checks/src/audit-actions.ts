import ts from 'typescript'
import type { Finding } from './finding.ts'
import { catalogue, listKeys } from './messages.ts'
import { isCode, isTest, lineAt, type Project, type SourceFile } from './project.ts'
import { lineOf, parse, walk } from './syntax.ts'

const languages = ['zh-CN', 'en'] as const

/** Acts whose names are put together from lists of states; `domains/texts.test.ts` looks at each that the lists give. */
const enumerated = new Map([
  ['packages/organisation/src/steps.ts', '${move.kind}.${move.to}'],
  ['packages/organisation/src/imports/imports.ts', 'import.${to}'],
  ['packages/tenancy/src/reorganisations.ts', 'federation.${plan.kind}'],
  ['packages/organisation/migrations/0010_members.sql', "'transfer.' ||"],
  ['packages/db/migrations/0019_one_clock.sql', "'transfer.' ||"],
])

/** An act that stands in a file, or `parts`: a name put together there, which nobody has enumerated. */
type Use = { file: string; line: number; action: string } | { file: string; line: number; parts: string }

/**
 * Every act that is written into the audit trail has words in both languages: whoever reads the trail reads sentences, not the names of
 * functions. Found are the texts at `action` of what `recordAudit` is given or a command or list declares, the types of parameters of
 * that name, and what migrations insert.
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
  return used.flatMap((use) => {
    const { file, line } = use
    if ('parts' in use) {
      const message = `the act ${use.parts} is put together: list its names in domains/texts.test.ts, and the file here`
      return enumerated.get(file) === use.parts ? [] : [{ file, line, rule: 'audit', message }]
    }
    const { action } = use
    const missing = languages.filter((language) => !keys[language].has(`audit.action.${action}`))
    if (missing.length === 0) return []
    return [{ file, line, rule: 'audit', message: `the act "${action}" has no text in ${missing.join(' and ')}` }]
  })
}

/** The acts of a file that writes into the trail, or declares what does: every text that stands at `action` there, also as one of two. */
function listRecorded(file: SourceFile): Use[] {
  if (!/recordAudit|defineCommand|defineList/.test(file.text)) return []
  const tree = parse(file)
  const uses: Use[] = []
  const add = (node: ts.Expression) => {
    if (ts.isStringLiteralLike(node)) {
      if (/^[\w]+(\.\w+)+$/.test(node.text)) uses.push({ file: file.path, line: lineOf(tree, node), action: node.text })
    } else if (ts.isConditionalExpression(node)) {
      add(node.whenTrue)
      add(node.whenFalse)
    } else if (ts.isTemplateExpression(node)) {
      uses.push({ file: file.path, line: lineOf(tree, node), parts: node.getText().slice(1, -1) })
    }
  }
  const addType = (node: ts.TypeNode) => {
    if (ts.isUnionTypeNode(node)) for (const one of node.types) addType(one)
    else if (ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal)) add(node.literal)
  }
  walk(tree, (node) => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'action') add(node.initializer)
    if (ts.isParameter(node) && node.name.getText() === 'action' && node.type) addType(node.type)
  })
  return uses
}

/** Texts like 'below.leaderGranted' among the values of an insert into the trail, and beginnings like 'transfer.' that something follows. */
function listInserted(file: SourceFile): Use[] {
  return [...file.text.matchAll(/insert into tenancy\.audit\s*\([^;]*;/g)].flatMap((insert) =>
    [...insert[0].matchAll(/'([a-z]\w*(?:\.\w+)+)'|'[a-z][\w.]*\.' \|\|/g)].map((text) => {
      const at = { file: file.path, line: lineAt(file.text, insert.index + text.index) }
      return text[1] === undefined ? { ...at, parts: text[0] } : { ...at, action: text[1] }
    }),
  )
}
