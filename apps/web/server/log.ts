const order = ['error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof order)[number]

export type Log = Readonly<Record<LogLevel, (message: string, fields?: Readonly<Record<string, unknown>>) => void>>

/** Writes JSON lines. Callers pass ids and counts, never names, queries or bodies: a log is read by more people than a page. */
export function createLog(level: LogLevel, write: (line: string) => void = (line) => process.stdout.write(line)): Log {
  const put =
    (lineLevel: LogLevel) =>
    (message: string, fields: Readonly<Record<string, unknown>> = {}): void => {
      if (order.indexOf(lineLevel) > order.indexOf(level)) return
      write(`${JSON.stringify({ time: new Date().toISOString(), level: lineLevel, message, ...fields })}\n`)
    }
  return { error: put('error'), warn: put('warn'), info: put('info'), debug: put('debug') }
}
