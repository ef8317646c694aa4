export { compareRates, type RateVerdict } from './comparisons.ts'
export { combineFigures, type CombinedFigure, type MarkedFigure } from './sums.ts'
export {
  describeFormula,
  evaluateFormula,
  evaluateRatio,
  listNames,
  lookUpIn,
  nameWithin,
  type Formula,
  type Lookup,
  type Operation,
} from './formulas.ts'
export {
  compareFractions,
  makeFraction,
  readDecimal,
  readScaled,
  roundRatio,
  writeFraction,
  type Fraction,
} from './fractions.ts'
export { indexItems, nameItem, referTo, type Additivity, type CheckedItem, type Nature } from './items.ts'
export { addMarks, isInexact, isMissingReason, marks, readMark, type Mark } from './marks.ts'
export { largestFigure, parseFigure, writeScaled, writeTyped, type ParsedFigure } from './numerals.ts'
export { checkFigures, fedRuleId, findProblems, type FoundProblem, type Problem } from './problems.ts'
export { computeRatios, deriveRatios, type DerivedRatio } from './ratios.ts'
export { listRuleNames, readReference } from './rules.ts'
export type {
  CompareRule,
  Comparison,
  JumpRule,
  Level,
  MagnitudeRule,
  NoteRule,
  PresentRule,
  RangeRule,
  RateRule,
  Rule,
  SameRule,
} from './rules.ts'
export type { CheckInput } from './sheets.ts'
