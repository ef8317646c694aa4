import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Finding } from './finding.ts'
import { type Project, readProject } from './project.ts'

/** Runs a check on a small project made of these files: path -> text. Gives "file:line message" of what it found. */
export function checkFiles(check: (project: Project) => Finding[], files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'gonglian-checks-'))
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true })
      writeFileSync(join(root, path), text)
    }
    return check(readProject(root)).map(({ file, line, message }) => `${file}:${line} ${message}`)
  } finally {
    rmSync(root, { recursive: true })
  }
}

/** The manifest of a package that depends on these others. */
export function manifest(dependencies: string[] = [], devDependencies: string[] = []): string {
  const asRecord = (names: string[]) => Object.fromEntries(names.map((name) => [name, '*']))
  return JSON.stringify({ dependencies: asRecord(dependencies), devDependencies: asRecord(devDependencies) })
}
