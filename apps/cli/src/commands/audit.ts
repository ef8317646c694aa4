import { findBrokenAnchors, listAuditAnchors, openAuditFiles, signAuditHeads, type AuditFiles } from '@gonglian/tenancy'
import type { Command } from '../command.ts'
import type { Env } from '../env.ts'
import { withHouse } from '../house.ts'

/** @throws Error when key and folder are not set, or the file holds no key */
export function openHeads(env: Pick<Env, 'audit'>): Promise<AuditFiles> {
  if (env.audit === undefined) throw new Error('GONGLIAN_AUDIT_KEY and GONGLIAN_AUDIT_DIR are not set')
  return openAuditFiles(env.audit)
}

export const auditSign: Command = {
  words: 'audit sign',
  about: 'signs and publishes the heads of all audit trails now; the worker does it each day',
  run: (env) =>
    withHouse(env, async (deps) => {
      const files = await openHeads(env)
      console.log(`${await signAuditHeads(deps, files.privateKey, files.publish)} heads signed`)
      return 0
    }),
}

export const auditVerify: Command = {
  words: 'audit verify',
  about: 'compares published and stored signed heads with the audit trails; exit 1 and a list when anything differs',
  run: (env) =>
    withHouse(env, async (deps) => {
      const files = await openHeads(env)
      const anchors = [...(await files.read()), ...(await listAuditAnchors(deps))]
      const broken = await findBrokenAnchors(deps, anchors, [files.publicKey])
      for (const { anchor, fault } of broken) console.log(JSON.stringify({ fault, ...anchor }))
      console.log(`${anchors.length} signed heads compared, ${broken.length} broken`)
      return broken.length === 0 ? 0 : 1
    }),
}
