export { countFeeds, readFed } from './counts.ts'
export { drainFeeds } from './drain.ts'
export { columnOf, defineFeed, joinFeeds, nameFeeds, type Feed, type FedItem } from './feed.ts'
export { wakeFeeds } from './marks.ts'
