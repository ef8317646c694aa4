import { joinFeeds } from '@gonglian/indicators'
import { organisationFeeds } from '@gonglian/organisation'

/** What the domains count from their records for reports, all together: no figure from two of them. */
export const feeds = joinFeeds(organisationFeeds)
