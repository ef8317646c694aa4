/** What the browser and the server both know of records: fields, forms, columns and views. Nothing here reads the database. */
export * as column from './columns.ts'
export * as field from './fields.ts'
export type { Column } from './columns.ts'
export type { Field } from './fields.ts'
export { fieldErrors } from './faults.ts'
export * from './forms.ts'
export * from './views.ts'
export * from './pages.ts'
