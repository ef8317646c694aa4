export { default } from '@gonglian/vitest'
