export { heading, paragraph, table, writeDay, type Block, type Content } from './blocks.ts'
export {
  CheckPaper,
  WithdrawalReason,
  checkPaper,
  endPapers,
  findIssued,
  issuePaper,
  withdrawPaper,
  type PaperVerdict,
} from './issued-papers.ts'
export { definePaper, type Drawn, type Paper } from './papers.ts'
export { readSheet, type SealState, type Sheet } from './sheets.ts'
