import {
  AttachToRecord,
  CheckOpening,
  ListRecordFiles,
  RemoveFile,
  attachToRecord,
  checkOpening,
  collectKinds,
  listRecordFiles,
  removeFile,
} from '@gonglian/files'
import { fileKinds } from '@gonglian/domains'
import { router, tenantProcedure } from './procedures.ts'

const kinds = collectKinds(fileKinds)

/** Attachments; what is sent and handed out goes by the address `/files`. */
export const files = router({
  listRecordFiles: tenantProcedure
    .input(ListRecordFiles)
    .query(({ ctx, input }) => listRecordFiles(ctx.tenant, kinds, input)),
  attachToRecord: tenantProcedure
    .input(AttachToRecord)
    .mutation(({ ctx, input }) => attachToRecord(ctx.tenant, kinds, input)),
  checkOpening: tenantProcedure.input(CheckOpening).query(({ ctx, input }) => checkOpening(ctx.tenant, kinds, input)),
  removeFile: tenantProcedure.input(RemoveFile).mutation(({ ctx, input }) => removeFile(ctx.tenant, kinds, input)),
})
