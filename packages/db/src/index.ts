export { createDatabase, type Database, type Tx } from './connection.ts'
export type { DB, Json, JsonObject, JsonValue } from './database.generated.ts'
export { appDatabaseUrl, plainRole } from './roles.ts'
