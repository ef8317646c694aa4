export { bodyLevels, roleNames, type BodyLevel, type RoleName } from './bodies.ts'
export { theme } from './theme.ts'
export { TextProvider, useLocale, useText } from './text.tsx'
export type { SearchHit } from './search.ts'
