export { bodyLevels, roleNames, type BodyLevel, type RoleName } from './bodies.ts'
export type { BodyNode, LoadBodies } from './body-branches.ts'
export { BodyPicker, type BodyPickerProps, type FoundBody } from './body-picker.tsx'
export { BodyTree, type BodyTreeProps } from './body-tree.tsx'
export { ConflictNotice, type Conflict, type ConflictChoice, type ConflictNoticeProps } from './conflict-notice.tsx'
export { DataTable, type DataTableProps } from './data-table.tsx'
export { formatDate, formatDateTime, formatTime } from './dates.ts'
export { Dialog, type DialogProps } from './dialog.tsx'
export { EntryGrid, type EntryGridProps } from './entry-grid/entry-grid.tsx'
export { emptyEntry, type EntryItem, type EntryProblem, type EntryValue, type EntryValues } from './entry-grid/entry.ts'
export {
  FigureHandProvider,
  useFigureHand,
  type FigureHand,
  type FigureTarget,
  type ReadFigure,
  type StoredFigure,
} from './figure-hand.tsx'
export { FigureCell, FigureText, type FigureCellProps } from './figure-cell.tsx'
export {
  figureMarks,
  formatFigure,
  formatMoney,
  formatPercent,
  formatUnit,
  missingFigure,
  type Figure,
  type FigureFormat,
  type FigureMark,
  type Large,
} from './figures.ts'
export { Icon, type IconName } from './icons.tsx'
export { Light, type LightValue } from './light.tsx'
export { FileLinks } from './table-tools.tsx'
export { EmptyState, ErrorState, PageSkeleton } from './page-states.tsx'
export { PeriodPicker, type PeriodPickerProps } from './period-picker.tsx'
export {
  convertPeriod,
  findPeriodAt,
  formatPeriod,
  formatPeriodShort,
  listPeriods,
  periodKinds,
  readPeriod,
  shiftPeriod,
  writePeriod,
  type PeriodKind,
  type PeriodParts,
} from './periods.ts'
export { Popup, type PopupProps } from './popup.tsx'
export { SavingMark, type SavingState } from './saving-mark.tsx'
export type { SearchHit } from './search.ts'
export { useSplitEdits, type SplitEditor } from './split-grid/split-edits.ts'
export { SplitGrid, type SplitGridProps } from './split-grid/split-grid.tsx'
export { sumSplit, type SplitSum } from './split-grid/split-sum.ts'
export {
  isOffBound,
  type AllocationState,
  type Share,
  type Shares,
  type SplitBound,
  type SplitRow,
} from './split-grid/split.ts'
export type { DataColumn } from './table-column.ts'
export type { TableSelection } from './table-selection.tsx'
export { emptyTableQuery, readTableQuery, writeTableQuery, type TableQuery } from './table-query.ts'
export { compareValues, selectRows, type RowReader } from './table-rows.ts'
export { computeShare, TargetBar, type TargetBarProps } from './target-bar.tsx'
export { TextProvider, useLocale, useText } from './text.tsx'
export { TrendLine, type TrendLineProps } from './trend-line.tsx'
