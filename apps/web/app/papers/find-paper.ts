import type { Caller, RouterOutputs } from '@gonglian/api'
import type { LoaderFunctionArgs } from '@remix-run/node'

/** A paper of a record for its page; null where the record is not (or no longer) what the paper says. */
export async function findPaper(
  { context }: Pick<LoaderFunctionArgs, 'context'>,
  api: Caller,
  path: string,
  id: number,
): Promise<RouterOutputs['papers']['readPaper'] | null> {
  try {
    return await api.papers.readPaper({ path, id })
  } catch (error) {
    if (context.describe(error).code === 'conflict') return null
    throw error
  }
}
