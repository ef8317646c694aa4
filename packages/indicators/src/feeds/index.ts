export { countFeeds, readFed } from './counts.ts'
export { drainFeeds } from './drain.ts'
export { columnOf, defineFeed, joinFeeds, type Feed, type FedItem } from './feed.ts'
export { wakeFeeds } from './marks.ts'
