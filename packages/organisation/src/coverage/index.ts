export {
  CountCoverage,
  CoverEmployers,
  EndCoverage,
  ListCoverage,
  countCoverage,
  coverEmployers,
  coverageModes,
  endCoverage,
  listCoverage,
  type CoverageMode,
  type CoveredUnit,
  type CoverageCount,
} from './coverage.ts'
export {
  EndCompanion,
  FormCompanion,
  ListMissingCompanions,
  endCompanion,
  formCompanion,
  listMissingCompanions,
  type MissingCompanions,
} from './companions.ts'
