import { redirect } from '@remix-run/node'
import { readOwnPath } from './own-path.ts'

/** The one way to send a browser elsewhere: to a path of ours, whatever was asked for. */
export function redirectTo(path: string, init?: ResponseInit): Response {
  return redirect(readOwnPath(path), init)
}
