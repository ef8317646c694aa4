import ts from 'typescript'
import type { SourceFile } from './project.ts'

/** The syntax tree of a program text; no types are looked at, so it takes a millisecond. */
export function parse(file: SourceFile): ts.SourceFile {
  return ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true)
}

/** Visits every node of a tree. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => walk(child, visit))
}

/** The number of the line that a node begins in. */
export function lineOf(tree: ts.SourceFile, node: ts.Node): number {
  return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1
}

/** What a program text imports: packages and files by the names it gives them. */
export function listImports(tree: ts.SourceFile): { name: string; line: number }[] {
  const imports: { name: string; line: number }[] = []
  walk(tree, (node) => {
    const named =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
          ? node.argument.literal
          : ts.isCallExpression(node) && isImportCall(node)
            ? node.arguments[0]
            : undefined
    if (named !== undefined && ts.isStringLiteralLike(named))
      imports.push({ name: named.text, line: lineOf(tree, node) })
  })
  return imports
}

function isImportCall({ expression }: ts.CallExpression): boolean {
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return true
  return ts.isIdentifier(expression) && expression.text === 'require'
}
