import './permissions.ts'
/** The forms and views of the domain, for the browser. */
export { campaignView, changeForm as changeCampaignForm, openForm as openCampaignForm } from './campaigns/campaign.ts'
export { demoPointView, endDemoPointForm, nameDemoPointForm } from './demo-points/demo-point.ts'
export { demonstrationView, endDemonstrationForm, nameDemonstrationForm } from './demonstrations/demonstration.ts'
export { evidenceView } from './evidence/evidence-view.ts'
export { answerLetterForm, letterView, sendLetterForm } from './letters/letter.ts'
export { organisationWork } from './overview/work.ts'
export { visitForm, visitView } from './visits/visit.ts'
