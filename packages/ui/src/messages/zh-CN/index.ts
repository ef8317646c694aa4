import { bodies } from './bodies.ts'
import { checks } from './checks.ts'
import { desk } from './desk.ts'
import { errors } from './errors.ts'
import { figures } from './figures.ts'
import { frame } from './frame.ts'
import { indicators } from './indicators.ts'
import { progress } from './progress.ts'
import { signIn } from './sign-in.ts'
import { states } from './states.ts'
import { tables } from './tables.ts'

export const messages = {
  ...frame,
  ...desk,
  ...progress,
  ...signIn,
  ...bodies,
  ...states,
  ...figures,
  ...tables,
  ...errors,
  ...checks,
  ...indicators,
} as const
