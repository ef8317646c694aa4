import type { Refusal } from '@gonglian/api'
import { z } from 'zod'
import { Refused } from '../client.ts'

const Stored = z.object({ fileId: z.number(), fileName: z.string(), mediaType: z.string(), checkState: z.string() })
export type SentFile = z.output<typeof Stored>
const Answer = z.object({
  error: z.object({ json: z.object({ data: z.object({ refusal: z.custom<Refusal>((value) => value !== null) }) }) }),
})

/**
 * Sends one file for a kind of record; it is attached by the act that names its number.
 *
 * @throws Refused with what the server says against it
 */
export async function sendFile(kind: string, file: File, fileName = file.name): Promise<SentFile> {
  const form = new FormData()
  // Before the file: the server reads them first.
  form.append('kind', kind)
  form.append('fileName', fileName)
  form.append('file', file)
  const answer = await fetch('/files', { method: 'POST', body: form })
  const said: unknown = await answer.json()
  if (answer.ok) return Stored.parse(said)
  throw new Refused(Answer.parse(said).error.json.data.refusal)
}
