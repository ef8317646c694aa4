import type { Env } from './env.ts'

/** One command of the operator: its words, one line about it, and what it does; the number is the exit code. */
export type Command = {
  readonly words: string
  readonly about: string
  readonly run: (env: Env, options: readonly string[]) => Promise<number>
}
