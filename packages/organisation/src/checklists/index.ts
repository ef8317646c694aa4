export {
  DefineChecklist,
  GetChecklist,
  ListChecklists,
  defineChecklist,
  getChecklist,
  listChecklists,
} from './checklists.ts'
export {
  CheckAcceptance,
  GetLedger,
  checkAcceptance,
  getLedger,
  requireAcceptance,
  type Acceptance,
  type Ledger,
  type LedgerItem,
  type LedgerList,
} from './ledgers.ts'
export { CheckItems, checkItems } from './ledger-checks.ts'
export {
  CountCompliance,
  FreezeCompliance,
  ListCompliance,
  countCompliance,
  freezeCompliance,
  listCompliance,
  type Compliance,
} from './standard-rates.ts'
export {
  CompareBaseline,
  ListBaselines,
  TakeBaseline,
  compareBaseline,
  listBaselines,
  takeBaseline,
  type BaselineLine,
} from './baselines.ts'
