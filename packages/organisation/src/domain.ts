import { defineDomain } from '@gonglian/records'
import { changeCampaign, listCampaigns, openCampaign } from './campaigns/campaigns.ts'
import { answerLetter, listLetters, sendLetter } from './letters/letters.ts'
import { listVisits, recordVisit } from './visits/visits.ts'

/** What the organisation domain declares. */
export const organisation = defineDomain({
  name: 'organisation',
  nouns: {
    campaigns: { listCampaigns, openCampaign, changeCampaign },
    jointLetters: { listLetters, sendLetter, answerLetter },
    visits: { listVisits, recordVisit },
  },
})
