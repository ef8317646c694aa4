import ts from 'typescript'
import type { Finding } from './finding.ts'
import { isCode, isTest, type Project, type SourceFile } from './project.ts'
import { lineOf, parse, walk } from './syntax.ts'

/** Texts of the platform, and those of a domain. */
export const catalogue = /^packages\/(?:ui\/src\/messages|[\w-]+\/src\/texts)\/(zh-CN|en)\/(?!index\.)[\w-]+\.ts$/

/**
 * Every key that an error carries has a text in both languages. Pages name their keys through the typed `translate`; the
 * packages below the screens only pass them on as plain text, so this looks at what the compiler cannot.
 */
export function checkMessages({ files }: Project): Finding[] {
  const keys = { 'zh-CN': new Set<string>(), en: new Set<string>() }
  for (const file of files) {
    const language = catalogue.exec(file.path)?.[1]
    if (language === 'zh-CN' || language === 'en') for (const key of listKeys(file)) keys[language].add(key)
  }
  const used = files
    .filter((file) => isCode(file) && !isTest(file) && file.package?.name !== 'ui' && file.package?.group !== 'tooling')
    .flatMap(listUses)
  return used.flatMap(({ key, ...place }) => {
    const missing = (['zh-CN', 'en'] as const).filter((language) => !keys[language].has(key))
    if (missing.length === 0) return []
    return [{ ...place, rule: 'messages', message: `"${key}" has no text in ${missing.join(' and ')}` }]
  })
}

/** The keys of a catalogue file. */
export function listKeys(file: SourceFile): string[] {
  const keys: string[] = []
  walk(parse(file), (node) => {
    if (ts.isPropertyAssignment(node) && (ts.isStringLiteral(node.name) || ts.isIdentifier(node.name)))
      keys.push(node.name.text)
  })
  return keys
}

function listUses(file: SourceFile): { file: string; line: number; key: string }[] {
  const tree = parse(file)
  const uses: { file: string; line: number; key: string }[] = []
  const add = (node: ts.Node | undefined) => {
    if (node !== undefined && ts.isStringLiteralLike(node))
      uses.push({ file: file.path, line: lineOf(tree, node), key: node.text })
  }
  walk(tree, (node) => {
    if (ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'DomainError')
      add(node.arguments?.[1])
    else if (ts.isObjectLiteralExpression(node) && hasProperty(node, 'path')) add(propertyOf(node, 'key'))
    else if (ts.isStringLiteralLike(node) && /^errors\.\w+(?:\.\w+)*$/.test(node.text) && !isNamedAbove(node)) add(node)
  })
  return uses
}

/** Whether one of the other two forms has counted this text already. */
function isNamedAbove(node: ts.Node): boolean {
  if (ts.isNewExpression(node.parent)) return true
  return (
    ts.isPropertyAssignment(node.parent) &&
    node.parent.name.getText() === 'key' &&
    hasProperty(node.parent.parent, 'path')
  )
}

function hasProperty(node: ts.ObjectLiteralExpression, name: string): boolean {
  return node.properties.some((property) => property.name?.getText() === name)
}

function propertyOf(node: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  return node.properties.filter(ts.isPropertyAssignment).find((property) => property.name.getText() === name)
    ?.initializer
}
