export { Due, HolidayCalendar, addDays, dueOn, isCalendarKnown, isWorkingDay } from './deadlines.ts'
export * from './figures/index.ts'
export * from './feeds/index.ts'
export { checkDerived, type DerivedResult, type FactFigure } from './derived-checks.ts'
export { AppendItems, FormInput, FormItemInput } from './form-inputs.ts'
export type { FormItem } from './form-items.ts'
export { appendItems, defineForm, loadForm } from './form-versions.ts'
export { findFormsById, getForm, getFormById, listForms, type Form, type FormHead } from './forms.ts'
export { excludedFacts } from '../data/history/excluded.ts'
export { historyForm, historyReports, type HistoryItem, type HistoryReport } from './history.ts'
export { Domain, IndicatorInput, domains } from './indicator-inputs.ts'
export {
  ListIndicators,
  defineIndicator,
  findIndicators,
  findIndicatorsById,
  getIndicator,
  listIndicators,
  loadIndicators,
  type Indicator,
} from './indicators.ts'
export {
  ParameterKey,
  SetParameter,
  getCalendar,
  readCalendar,
  getParameter,
  listParameters,
  setParameter,
  type Parameter,
  type ParameterValue,
} from './parameters.ts'
export { defineLimit, findLimitSchema, listLimits, readLimit, setLimit, type Limit } from './limits.ts'
export { loadCatalogue, loadForms, loadParameters } from './national.ts'
export {
  Period,
  PeriodKind,
  coarserPeriod,
  currentPeriod,
  finerPeriods,
  listPeriods,
  nextPeriod,
  parsePeriod,
  periodContaining,
  periodKinds,
  previousPeriod,
  samePeriodLastYear,
  shiftPeriod,
  writePeriod,
  type PeriodSpan,
} from './periods.ts'
export { findSource, findSources, type Source } from './sources.ts'
export { Formula as FormulaSchema, IndicatorCode, Rule as RuleSchema } from './rules.ts'
