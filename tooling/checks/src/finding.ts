/** One thing that is not as it must be. */
export type Finding = { file: string; line: number; rule: string; message: string }

/** One line per finding, in the form that editors and terminals turn into a link. */
export function formatFinding({ file, line, rule, message }: Finding): string {
  return `${file}:${line}  ${rule}: ${message}`
}
