import { joinFeeds } from '@gonglian/indicators'
import { townshipFeed, unionsFeed } from './unions.ts'

/** Every figure this domain counts from its records. */
export const organisationFeeds = joinFeeds([unionsFeed, townshipFeed])
