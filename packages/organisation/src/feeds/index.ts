import { joinFeeds } from '@gonglian/indicators'
import { cadresFeed } from './cadres.ts'
import { censusFeed, listsFeed } from './census.ts'
import { applicationsFeed, membersFeed } from './members.ts'
import { ratingsFeed } from './ratings.ts'
import { termsFeed } from './terms.ts'
import { townshipFeed, unionsFeed } from './unions.ts'
import { womenFeed } from './women.ts'

/** Every figure this domain counts from its records. */
export const organisationFeeds = joinFeeds([
  unionsFeed,
  townshipFeed,
  membersFeed,
  applicationsFeed,
  censusFeed,
  listsFeed,
  termsFeed,
  ratingsFeed,
  cadresFeed,
  womenFeed,
])
