export { evidenceFiles } from './evidence-files.ts'
export { listEvidence, type EvidenceKind } from './evidence.ts'
