import ts from 'typescript'
import type { Finding } from './finding.ts'
import { isCode, type Project } from './project.ts'
import { lineOf, parse, walk } from './syntax.ts'

/** The environment is read once per program, in env.ts, where all of it is parsed and listed. */
export function checkEnvironment({ files }: Project): Finding[] {
  return files
    .filter((file) => isCode(file) && file.package !== undefined && file.package.group !== 'tooling')
    .filter((file) => !/(?:^|\/)env(?:\.server)?\.ts$/.test(file.path))
    .flatMap((file) => {
      const tree = parse(file)
      const findings: Finding[] = []
      walk(tree, (node) => {
        const isRead =
          (ts.isPropertyAccessExpression(node) && node.name.text === 'env' && isProcess(node.expression)) ||
          (ts.isElementAccessExpression(node) && isProcess(node.expression)) ||
          (ts.isImportSpecifier(node) && (node.propertyName ?? node.name).text === 'env' && comesFromProcess(node))
        if (isRead) {
          const message = 'the environment is read in env.ts alone'
          findings.push({ file: file.path, line: lineOf(tree, node), rule: 'environment', message })
        }
      })
      return findings
    })
}

function isProcess(node: ts.Expression): boolean {
  if (ts.isPropertyAccessExpression(node)) return node.name.text === 'process'
  return ts.isIdentifier(node) && node.text === 'process'
}

function comesFromProcess(node: ts.ImportSpecifier): boolean {
  const from = node.parent.parent.parent.moduleSpecifier
  return ts.isStringLiteral(from) && /^(?:node:)?process$/.test(from.text)
}
