import type { Finding } from './finding.ts'
import type { Project } from './project.ts'

/** Names that say nothing of what is inside, so that everything ends up there. */
const empty = /^(?:utils?|helpers?|common|shared|services?|repositor(?:y|ies)|dtos?|types?|constants?|libs?|misc|core)$/

/** A file or folder is called by the noun it is about. */
export function checkNames({ files }: Project): Finding[] {
  const seen = new Set<string>()
  return files.flatMap(({ path }) => {
    const parts = path.split('/')
    return parts.flatMap((part, index) => {
      const here = parts.slice(0, index + 1).join('/')
      // The last ending says what kind of file it is (a systemd unit ends in .service), the words before it what it is about.
      const words = part.toLowerCase().split('.')
      const bad = (words.length > 1 ? words.slice(0, -1) : words).find((word) => empty.test(word))
      if (bad === undefined || seen.has(here)) return []
      seen.add(here)
      return [{ file: here, line: 1, rule: 'names', message: `"${bad}" says nothing; name it by the noun it is about` }]
    })
  })
}
