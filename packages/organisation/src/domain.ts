import './permissions.ts'
import { defineDomain } from '@gonglian/records'
import { cancelTraining, listTrainings, planTraining } from './cadres/trainings.ts'
import { changeCampaign, listCampaigns, openCampaign } from './campaigns/campaigns.ts'
import { endDemoPoint, listDemoPoints, nameDemoPoint } from './demo-points/demo-points.ts'
import { endDemonstration, listDemonstrations, nameDemonstration } from './demonstrations/demonstrations.ts'
import { evidenceFiles } from './evidence/evidence-files.ts'
import { listEvidence } from './evidence/evidence.ts'
import { answerLetter, listLetters, sendLetter } from './letters/letters.ts'
import { memberFiles } from './members/member-files.ts'
import { memberStepKinds, unionStepKinds } from './next-steps/index.ts'
import { organisationOverview } from './overview/overview.ts'
import { approvalPaper } from './papers/approval.ts'
import { cardPaper } from './papers/card.ts'
import { homePaper } from './papers/home.ts'
import { legalPersonPaper } from './papers/legal-person.ts'
import { reminderPaper } from './papers/reminder.ts'
import { organisationSearches } from './searches.ts'
import { organisationTasks } from './tasks/index.ts'
import { unionFiles } from './unions/union-files.ts'
import { listVisits, recordVisit } from './visits/visits.ts'
import { listActivities, recordActivity } from './women/activities.ts'
import { closeRoom, listRooms, openRoom } from './women/nursing-rooms.ts'

/** What the organisation domain declares. */
export const organisation = defineDomain({
  name: 'organisation',
  fileKinds: [evidenceFiles, unionFiles, memberFiles],
  nouns: {
    campaigns: { listCampaigns, openCampaign, changeCampaign },
    demoPoints: { listDemoPoints, nameDemoPoint, endDemoPoint },
    demonstrations: { listDemonstrations, nameDemonstration, endDemonstration },
    evidence: { listEvidence },
    jointLetters: { listLetters, sendLetter, answerLetter },
    nursingRooms: { listRooms, openRoom, closeRoom },
    trainings: { listTrainings, planTraining, cancelTraining },
    visits: { listVisits, recordVisit },
    womenActivities: { listActivities, recordActivity },
  },
  searches: organisationSearches,
  papers: [approvalPaper, cardPaper, homePaper, legalPersonPaper, reminderPaper],
  tasks: organisationTasks,
  nextSteps: [...unionStepKinds, ...memberStepKinds],
  overview: organisationOverview,
})
