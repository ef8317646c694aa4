export { countBelow, defineGrouping, type Group, type Grouping, type Groups } from './below.ts'
export {
  checkVersion,
  defineCommand,
  performCommand,
  refuseField,
  refuseTaken,
  runCommand,
  type Command,
  type Done,
} from './commands.ts'
export { defineDomain, listDeclared, listTasks, type Domain, type Noun } from './domains.ts'
export { beginsWith, searchRecords, type FoundRecord, type Search, type Typed } from './searches.ts'
export type { Overview } from './overviews.ts'
export { defineList, readList, readWholeList, type List, type ListPage, type ListQuestion } from './lists.ts'
