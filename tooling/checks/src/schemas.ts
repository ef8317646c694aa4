import ts from 'typescript'
import { domains } from './arrows.ts'
import type { Finding } from './finding.ts'
import { isCode, isGenerated, lineAt, type Project, type SourceFile } from './project.ts'
import { lineOf, parse, walk } from './syntax.ts'

/** Each Postgres schema and the one package that may name it. */
const owners: Record<string, string> = {
  ...Object.fromEntries(
    [
      'tenancy',
      'tasks',
      'files',
      'approvals',
      'auth',
      'indicators',
      'targets',
      'reporting',
      'rollup',
      'inspection',
    ].map((name) => [name, name]),
  ),
  ...Object.fromEntries(domains.map((name) => [name.replaceAll('-', '_'), name])),
}

/**
 * Who else may read a schema in its SQL (docs/decisions/0006): the loop joins the tree of bodies to its rows, and the roll-up is the
 * sum of the reports. Writing stays with the owner: the database's grants and policies see to that.
 */
const readers: Record<string, string[]> = {
  tenancy: ['indicators', 'targets', 'reporting', 'rollup', 'inspection', 'approvals', ...domains],
  reporting: ['rollup'],
}

const names = Object.keys(owners).join('|')
/** A table of a schema inside SQL, quoted or not. */
const anyTable = new RegExp(`(?<![\\w.$"'])"?(${names})"?\\."?[a-z_]\\w*`, 'g')
/** The same in a text that only may be SQL: behind a word that a table follows. */
const tableInStatement = new RegExp(
  `\\b(?:from|join|into|update|table|truncate|on|schema|references|only)\\s+"?(${names})"?\\."?[a-z_]`,
  'gi',
)
/** Functions of the query builder whose text argument is a table. */
const takesTable =
  /^(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto|from|using|replaceInto|table|ref|withSchema|(?:inner|left|right|full|cross)Join(?:Lateral)?)$/

/** Only the package of a schema names it; the others ask that package. Migrations and generated types describe all of them. */
export function checkSchemas({ files }: Project): Finding[] {
  return files
    .filter((file) => !isGenerated(file) && !isExempt(file))
    .flatMap((file) => (file.path.endsWith('.sql') ? checkSql(file) : isCode(file) ? checkCode(file) : []))
}

/** Only migrations and, in packages/db, the list that shapes the generated types describe all schemas. */
function isExempt({ path }: SourceFile): boolean {
  // Tests look at rows directly: that is how they see what the functions did.
  return (
    /^packages\/(?:[\w-]+\/migrations\/|db\/codegen\.mjs$)/.test(path) ||
    path.startsWith('tooling/') ||
    /\.test\.tsx?$|\/testing\.ts$|\/tests?\/|\/isolation\//.test(path)
  )
}

function checkSql(file: SourceFile): Finding[] {
  return [...file.text.matchAll(anyTable)].flatMap((match) =>
    complain(file, match[1] ?? '', lineAt(file.text, match.index)),
  )
}

function checkCode(file: SourceFile): Finding[] {
  const tree = parse(file)
  const findings: Finding[] = []
  walk(tree, (node) => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText(tree).startsWith('sql')) {
      for (const match of node.template.getText(tree).matchAll(anyTable)) {
        findings.push(
          ...complain(
            file,
            match[1] ?? '',
            lineOf(tree, node.template) + lineAt(node.template.getText(tree), match.index) - 1,
          ),
        )
      }
    } else if (isText(node) && !isTagged(node)) {
      for (const match of node.getText(tree).matchAll(tableInStatement)) {
        findings.push(
          ...complain(file, match[1] ?? '', lineOf(tree, node) + lineAt(node.getText(tree), match.index) - 1),
        )
      }
    }
    if (
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      takesTable.test(node.expression.name.text)
    ) {
      for (const table of node.arguments.flatMap(textsOf)) {
        const schema = table.text.split('.')[0] ?? ''
        if (/^[a-z_]+(?:\.[a-z_]+(?: as \w+)?)?$/.test(table.text))
          findings.push(...complain(file, schema, lineOf(tree, table)))
      }
    }
  })
  return findings
}

function textsOf(argument: ts.Expression): ts.StringLiteralLike[] {
  if (ts.isStringLiteralLike(argument)) return [argument]
  return ts.isArrayLiteralExpression(argument) ? argument.elements.flatMap(textsOf) : []
}

function isText(node: ts.Node): boolean {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)
}

function isTagged(node: ts.Node): boolean {
  return ts.isTaggedTemplateExpression(node.parent)
}

function complain(file: SourceFile, schema: string, line: number): Finding[] {
  const owner = owners[schema.toLowerCase()]
  const by = file.package?.name
  if (owner === undefined || by === owner) return []
  if (by !== undefined && readers[schema.toLowerCase()]?.includes(by)) return []
  return [
    {
      file: file.path,
      line,
      rule: 'schemas',
      message: `only ${owner} names the schema ${schema}; ask a function of that package`,
    },
  ]
}
