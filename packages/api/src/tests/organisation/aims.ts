import type { Aims } from '../declared-entries.ts'
import { ratingMark } from './ratings.ts'
import { unionMark } from './unions.ts'

const today = '2026-11-21'

/** What the walk asks the declared lists and commands of the organisation domain with. */
export const organisationAims: Aims = {
  'campaigns.openCampaign': { name: '新行动月', startsOn: '2026-12-01', endsOn: '2026-12-31' },
  'campaigns.changeCampaign': ({ unions }) => ({
    ...unions.campaign,
    name: '改名',
    startsOn: '2026-11-01',
    endsOn: '2026-11-30',
  }),
  'demoPoints.listDemoPoints': ratingMark,
  'demoPoints.endDemoPoint': ({ ratings }) => ({ demoPointId: ratings.demoPointId }),
  'demonstrations.listDemonstrations': unionMark,
  'demonstrations.nameDemonstration': ({ unions }) => ({ unionId: unions.ending.unionId, title: '示范点', on: today }),
  'demonstrations.endDemonstration': ({ unions }) => ({ demonstrationId: unions.demonstrationId, on: today }),
  'evidence.listEvidence': ratingMark,
  'jointLetters.listLetters': unionMark,
  'jointLetters.sendLetter': ({ unions }) => ({
    ...unions.refused,
    letterNo: '联函2号',
    departments: ['税务局'],
    sentOn: today,
    dueOn: '2026-12-01',
  }),
  'jointLetters.answerLetter': ({ unions }) => ({ letterId: unions.letterId, outcome: 'refused', on: today }),
  'nursingRooms.listRooms': ratingMark,
  'nursingRooms.openRoom': { whose: 'body', place: '二号楼', openedOn: '2026-11-01' },
  'nursingRooms.closeRoom': ({ ratings }) => ({ roomId: ratings.roomId, version: 1, on: '2026-11-01' }),
  'trainings.listTrainings': ratingMark,
  'trainings.planTraining': {
    name: '新班',
    kind: 'class',
    topic: 'general',
    startsOn: '2026-12-01',
    endsOn: '2026-12-01',
    plannedPersons: 0,
  },
  'trainings.cancelTraining': ({ ratings }) => ({ trainingId: ratings.trainingId, version: 1 }),
  'visits.recordVisit': ({ unions }) => ({
    place: 'employer',
    employerId: unions.openEmployer,
    visitedOn: today,
    purpose: 'survey',
    visitors: 1,
  }),
  'womenActivities.listActivities': ratingMark,
  'womenActivities.recordActivity': ({ ratings }) => ({
    whose: 'union',
    unionId: ratings.unionId,
    name: '关爱行动',
    kind: 'care',
    heldOn: '2026-11-01',
    persons: 20,
  }),
}
