/** The forms and views of the domain, for the browser. */
export { campaignView, changeForm as changeCampaignForm, openForm as openCampaignForm } from './campaigns/campaign.ts'
export { answerLetterForm, letterView, sendLetterForm } from './letters/letter.ts'
export { visitForm, visitView } from './visits/visit.ts'
