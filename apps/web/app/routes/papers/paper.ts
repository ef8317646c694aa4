import type { LoaderFunctionArgs } from '@remix-run/node'
import { ask } from '../../ask.ts'

/** The paper that the address names, and the address that its QR code leads to. */
export async function readPaper(args: LoaderFunctionArgs) {
  const { paper = '', id = '' } = args.params
  if (!/^[1-9]\d{0,15}$/.test(id)) throw new Response(null, { status: 404 })
  const sheet = await ask(args, (api) => api.papers.readPaper({ path: paper, id: Number(id) }))
  return {
    sheet,
    address: sheet.seal === null ? null : `${new URL(args.request.url).origin}/check/${sheet.seal.token}`,
  }
}

/** What stands above a paper that doesn't count, in the language of papers. */
export const stateMarks = {
  draft: 'papers.draft',
  withdrawn: 'papers.withdrawn',
  broken: 'papers.broken',
} as const
