const browsers = [
  ['Edg/', 'Edge'],
  ['MicroMessenger/', 'WeChat'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const
const systems = [
  ['Windows', 'Windows'],
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const

function find(agent: string, known: readonly (readonly [string, string])[]): string | null {
  return known.find(([mark]) => agent.includes(mark))?.[1] ?? null
}

/** Browser and system as their makers name them, "Chrome · Windows"; null when the agent tells neither. */
export function nameDevice(agent: string): string | null {
  const named = [find(agent, browsers), find(agent, systems)].filter((name) => name !== null)
  return named.length === 0 ? null : named.join(' · ')
}
