export {
  GivenFiles,
  RemoveFile,
  attachFiles,
  holdFiles,
  listFiles,
  readMedia,
  removeFile,
  selectOwnFiles,
  type AttachedFile,
} from './files.ts'
export { AttachToRecord, ListRecordFiles, attachToRecord, listRecordFiles, mostFiles } from './record-files.ts'
export { FileEnv, openFileKeeper, type FileKeeper } from './keeper.ts'
export { collectKinds, defineFileKind, type FileKind, type RecordOfFiles } from './kinds.ts'
export { openS3, type ObjectStore } from './objects.ts'
export { CheckOpening, checkOpening, openFile, type OpenedFile } from './opening.ts'
export { openClamd, type Scanner } from './scanner.ts'
export { FileName, mostMegabytes, storeFile, type StoredFile } from './storing.ts'
