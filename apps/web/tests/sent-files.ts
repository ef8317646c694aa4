import { z } from 'zod'
import type { Person } from './person.ts'

/** Sends a paper as the pages do; the number of the file. */
export async function sendPaper(person: Person, kind: string, fileName: string, content: string): Promise<number> {
  const form = new FormData()
  form.append('kind', kind)
  form.append('fileName', fileName)
  form.append('file', new Blob([content]), 'file')
  const { status, text } = await person.ask('/files', { method: 'POST', body: form })
  if (status !== 201) throw new Error(`${fileName} was not taken: ${status} ${text}`)
  return z.object({ fileId: z.number() }).parse(JSON.parse(text)).fileId
}
