import { readDivisions } from '@gonglian/tenancy'

let known: Promise<ReadonlySet<string>> | null = null

/** Codes of six digits that are in force: counties, and cities without any. They are read once. */
export function listAreas(): Promise<ReadonlySet<string>> {
  return (known ??= readAreas())
}

async function readAreas(): Promise<ReadonlySet<string>> {
  const divisions = await readDivisions(null)
  return new Set(
    divisions.flatMap(({ code, level }) =>
      level === 'county' ? [code] : level === 'city' ? [code.padEnd(6, '0')] : [],
    ),
  )
}
