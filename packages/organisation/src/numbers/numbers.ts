// Runs in the browser as well: nothing here may lead to the database.
export {
  checkCreditCode,
  findCreditCheck,
  findOrganisationCheck,
  foldCreditCode,
  type CreditCodeVerdict,
} from './credit-codes.ts'
export type { Finding } from './findings.ts'
export {
  ageOn,
  checkIdNumber,
  findIdCheckDigit,
  foldIdNumber,
  type IdKind,
  type IdNumber,
  type IdNumberVerdict,
} from './id-numbers.ts'
export { checkPhone, foldPhone } from './phones.ts'
