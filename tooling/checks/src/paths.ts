import type { Finding } from './finding.ts'
import { lineAt, type Project } from './project.ts'

/** Folders of one person's machine; the project must not know where it lies. */
const machinePath =
  /(?<![\w.@-])(?:\/(?:root|home\/[\w.-]+|Users\/[\w.-]+)\/[\w.-]|\/work\/(?:main|shared)\b|[A-Z]:\\Users\\)/g

/** No file names a place on the machine it was written on. */
export function checkPaths({ files }: Project): Finding[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(machinePath)].map((match) => ({
      file: path,
      line: lineAt(text, match.index),
      rule: 'paths',
      message: `"${match[0]}" is a place on somebody's machine`,
    })),
  )
}
