export { organisationFeeds } from './feeds/index.ts'
