import { CheckOpening, RemoveFile, checkOpening, collectKinds, removeFile } from '@gonglian/files'
import { fileKinds } from '@gonglian/domains'
import { router, tenantProcedure } from './procedures.ts'

const kinds = collectKinds(fileKinds)

/** Attachments; what is sent and handed out goes by the address `/files`. */
export const files = router({
  checkOpening: tenantProcedure.input(CheckOpening).query(({ ctx, input }) => checkOpening(ctx.tenant, kinds, input)),
  removeFile: tenantProcedure.input(RemoveFile).mutation(({ ctx, input }) => removeFile(ctx.tenant, kinds, input)),
})
