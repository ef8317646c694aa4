import ts from 'typescript'
import type { Finding } from './finding.ts'
import { isCode, isGenerated, isTest, lineAt, type Project, type SourceFile } from './project.ts'
import { lineOf, parse, walk } from './syntax.ts'

/** The places that may read a machine's clock, and why (docs/decisions/0011). Everything else takes the time it is given. */
const allowed: Record<string, string> = {
  'apps/web/server/house.ts': 'defines the clock of the web process',
  'apps/web/server/log.ts': 'when a line of the log was written',
  'apps/web/stage/server.ts': 'shows pages without a server behind them; no part of the product',
  'apps/worker/src/main.ts': 'defines the clock of the worker, and writes its log',
  'apps/cli/src/house.ts': "defines the clock of the operator's commands",
  'packages/auth/src/adapter.ts': 'Lucia compares with the clock of the machine; the difference is taken out here',
  'packages/db/src/migrate.ts': 'gives the session of the migrations its time',
}

/** The first migration after the database got the time of the transaction. */
const firstMigration = 19

const ofDatabase =
  /(?<![.\w])(?:now\s*\(\s*\)|(?:clock_timestamp|transaction_timestamp|statement_timestamp|current_date|current_timestamp|current_time|localtimestamp|localtime)\b)/gi

/** One clock: a transaction and a page take the time they are given; neither the database's nor the machine's clock is read beside it. */
export function checkClock({ files }: Project): Finding[] {
  return files
    .filter((file) => !isGenerated(file))
    .flatMap((file) => (file.path.endsWith('.sql') ? checkSql(file) : checkCode(file)))
}

function checkSql(file: SourceFile): Finding[] {
  const number = /^packages\/[\w-]+\/migrations\/(\d+)_/.exec(file.path)?.[1]
  if (number !== undefined && Number(number) < firstMigration) return []
  // Comments keep their place, so that lines are still counted right.
  const text = file.text.replaceAll(/--.*/g, (comment) => ' '.repeat(comment.length))
  return findOfDatabase(text).map(({ word, position }) => complain(file, lineAt(text, position), word))
}

function checkCode(file: SourceFile): Finding[] {
  if (!isCode(file) || isTest(file) || file.package === undefined || file.package.group === 'tooling') return []
  const tree = parse(file)
  const findings: Finding[] = []
  walk(tree, (node) => {
    if (isText(node))
      for (const { word, position } of findOfDatabase(node.text))
        findings.push(complain(file, lineOf(tree, node) + lineAt(node.text, position) - 1, word))
    const read = readsMachine(node)
    if (read !== null) findings.push(complain(file, lineOf(tree, node), read))
  })
  const reason = allowed[file.path]
  if (reason === undefined) return findings
  if (findings.length > 0) return []
  return [{ file: file.path, line: 1, rule: 'clock', message: 'may read the clock and does not: take it off the list' }]
}

function findOfDatabase(text: string): { word: string; position: number }[] {
  return [...text.matchAll(ofDatabase)].map((match) => ({ word: match[0], position: match.index }))
}

function isText(node: ts.Node): node is ts.LiteralLikeNode {
  return ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)
}

function readsMachine(node: ts.Node): string | null {
  if (ts.isNewExpression(node) && isDate(node.expression) && (node.arguments ?? []).length === 0) return 'new Date()'
  if (ts.isCallExpression(node) && isDate(node.expression)) return 'Date()'
  if (ts.isPropertyAccessExpression(node) && isDate(node.expression) && node.name.text === 'now') return 'Date.now'
  return null
}

function isDate(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node))
    return (
      node.name.text === 'Date' &&
      ts.isIdentifier(node.expression) &&
      /^(?:globalThis|window|self)$/.test(node.expression.text)
    )
  return ts.isIdentifier(node) && node.text === 'Date'
}

function complain(file: SourceFile, line: number, word: string): Finding {
  const message = `${word} is a second clock: take ctx.now, tenancy.now(), context.now or useClock()`
  return { file: file.path, line, rule: 'clock', message }
}
