export { default } from '@gonglian/testing/config'
