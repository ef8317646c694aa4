// Closed lists of codes, each once: columns, questions and pages read them here. Runs in the browser as well: nothing here may lead to the database.
export * from './cadres.ts'
export * from './employers.ts'
export * from './members.ts'
export * from './ratings.ts'
export * from './terms.ts'
export * from './unions.ts'
export * from './women.ts'
