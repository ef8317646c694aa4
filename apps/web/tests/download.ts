import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

/** The file that the browser keeps after an act. */
export async function download(page: Page, act: () => Promise<void>): Promise<Buffer> {
  const [file] = await Promise.all([page.waitForEvent('download'), act()])
  const folder = mkdtempSync(join(tmpdir(), 'gonglian-download-'))
  try {
    await file.saveAs(join(folder, 'file'))
    return readFileSync(join(folder, 'file'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}
