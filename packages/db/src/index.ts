export { createDatabase, refuseSystemLogin, type Database, type Tx } from './connection.ts'
export type { DB, Json, JsonObject, JsonValue } from './database.generated.ts'
export { loginUrl, plainRole, type LoginPurpose } from './roles.ts'
