import type { Finding } from './finding.ts'
import { lineAt, type Project, type SourceFile } from './project.ts'

const instructions = 'infra/README.md'

/**
 * What the units of systemd need of the machine is what `infra/README.md` has the operator set up: their user, their environment files,
 * the folders they may write. And what it gives to that user can be used: each of those folders is writable in a unit, and a key that is
 * made there belongs to the user.
 */
export function checkUnits({ files }: Project): Finding[] {
  const units = files.filter(({ path }) => /^infra\/systemd\/[\w-]+\.service$/.test(path))
  if (units.length === 0) return []
  const readme = files.find(({ path }) => path === instructions)
  const text = readme?.text ?? ''
  const users = new Set([...text.matchAll(/useradd [^`\n]*?([\w-]+)(?=[`\n])/g)].map((found) => found[1] ?? ''))
  const environments = new Set([...text.matchAll(/^ *- `(\/[^`]+)`:/gm)].map((found) => found[1] ?? ''))
  const folders = new Map(
    [...text.matchAll(/install -d -o ([\w-]+) [^`\n]*?(\/[\w/.-]+)(?=[`\n])/g)].map((found) => [
      found[2] ?? '',
      found[1] ?? '',
    ]),
  )
  const written = new Set<string>()
  const findings: Finding[] = []
  const object = (file: SourceFile, position: number, message: string) =>
    findings.push({ file: file.path, line: lineAt(file.text, position), rule: 'units', message })

  for (const unit of units) {
    const user = listSettings(unit, 'User')[0]
    if (user === undefined) object(unit, 0, 'runs as root: it names no User')
    else if (!users.has(user.value)) object(unit, user.at, `${instructions} makes no user ${user.value}`)
    for (const { value, at } of listSettings(unit, 'EnvironmentFile'))
      if (!environments.has(value)) object(unit, at, `${instructions} sets up no environment file ${value}`)
    for (const { value, at } of listSettings(unit, 'ReadWritePaths')) {
      written.add(value)
      if (folders.get(value) !== user?.value)
        object(unit, at, `${instructions} makes no folder ${value} that belongs to ${user?.value ?? 'root'}`)
    }
  }
  if (readme === undefined) return findings
  for (const folder of folders.keys())
    if (!written.has(folder)) object(readme, text.indexOf(folder), `no unit may write ${folder}`)
  for (const key of text.matchAll(/openssl genpkey [^`\n]*?-out (\/[\w/.-]+)/g)) {
    const owner = [...text.matchAll(/chown ([\w-]+)(?::[\w-]*)? (\/[\w/.-]+)/g)].find((found) => found[2] === key[1])
    if (!users.has(owner?.[1] ?? '')) object(readme, key.index, `the key ${key[1]} stays root's: no unit can read it`)
  }
  return findings
}

function listSettings({ text }: SourceFile, name: string): { value: string; at: number }[] {
  return [...text.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].flatMap((found) =>
    (found[1] ?? '')
      .split(/\s+/)
      .filter((value) => value !== '')
      .map((value) => ({ value, at: found.index })),
  )
}
