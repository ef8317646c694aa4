/** What the browser and the server both know of records: fields, forms and views. Nothing here reads the database. */
export * from './fields.ts'
export * from './forms.ts'
export * from './views.ts'
