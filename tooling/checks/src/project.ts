import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A package of the workspace: `name` without the scope, and what its manifest asks for. */
export type Package = {
  name: string
  group: 'apps' | 'packages' | 'tooling'
  folder: string
  dependencies: string[]
  devDependencies: string[]
}

/** A written text file: its path from the project's folder, and the package it belongs to, if any. */
export type SourceFile = { path: string; text: string; package: Package | undefined }

export type Project = { packages: Package[]; files: SourceFile[] }

export const scope = '@gonglian/'

const groups = ['apps', 'packages', 'tooling'] as const
const madeFolders = new Set(['node_modules', 'build', '.git', '.cache', '.turbo', '.data', 'coverage'])
const textFiles =
  /\.(?:[cm]?[jt]sx?|json|jsonc|ya?ml|sql|md|css|html|svg|sh|conf|service|txt|env)$|(?:^|\/)(?:run|Caddyfile|Dockerfile|\.npmrc)$/

/** Reads the packages and the written files of a project. */
export function readProject(root: string): Project {
  const packages = groups.flatMap((group) =>
    listFolders(join(root, group)).flatMap((name) => readPackage(root, group, name) ?? []),
  )
  const files = listFiles(root, '').map((path) => ({
    path,
    text: readFileSync(join(root, path), 'utf8'),
    package: packages.find(({ folder }) => path.startsWith(`${folder}/`)),
  }))
  return { packages, files }
}

/** Whether a file is program text of ours that the compiler reads. */
export const isCode = ({ path }: SourceFile) => /\.(?:ts|tsx|mjs)$/.test(path) && !/\.d\.m?ts$/.test(path)

/** Whether a file is only there for tests. */
export const isTest = ({ path }: SourceFile) => /\.test\.tsx?$|(?:^|\/)testing\.ts$|\/tests?\//.test(path)

/** Whether nobody wrote the file. */
export const isGenerated = ({ path }: SourceFile) => path.includes('.generated.')

/** The number of the line that a position of a text is in. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split('\n').length
}

function readPackage(root: string, group: Package['group'], name: string): Package | null {
  const folder = `${group}/${name}`
  const manifest = join(root, folder, 'package.json')
  if (!existsSync(manifest)) return null
  const { dependencies, optionalDependencies, devDependencies }: Record<string, Record<string, string> | undefined> =
    JSON.parse(readFileSync(manifest, 'utf8'))
  return {
    name,
    group,
    folder,
    dependencies: Object.keys({ ...dependencies, ...optionalDependencies }),
    devDependencies: Object.keys(devDependencies ?? {}),
  }
}

function listFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (madeFolders.has(entry.name)) return []
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isDirectory()) return listFiles(root, path)
    return entry.isFile() && textFiles.test(path) && path !== 'pnpm-lock.yaml' ? [path] : []
  })
}

function listFolders(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
}
