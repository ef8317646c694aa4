export { DraftScheme, draftScheme, type NeededScheme } from './scheme-drafts.ts'
export { DefineScheme, GetScheme, ListSchemes, defineScheme, getScheme, listSchemes } from './schemes.ts'
export { ratingStates, type RatingState } from './rating-scores.ts'
export { PlanRatings, planRatings } from './rating-plans.ts'
export {
  DropRating,
  RecommendRating,
  SelfAssess,
  WithdrawRating,
  dropRating,
  recommendRating,
  selfAssess,
  withdrawRating,
} from './ratings.ts'
export {
  OpenReview,
  PublishRating,
  RecuseReviewer,
  ReturnRating,
  ScoreRating,
  openReview,
  publishRating,
  ListReviewers,
  listReviewers,
  ReadmitReviewer,
  readmitReviewer,
  recuseReviewer,
  returnRating,
  scoreRating,
} from './reviews.ts'
export { AwardRating, BeginReCheck, DecideReCheck, awardRating, beginReCheck, decideReCheck } from './awards.ts'
export { AnswerAppeal, AppealRating, answerAppeal, appealRating } from './appeals.ts'
export { GetRating, ListRatings, getRating, listRatings } from './rating-lists.ts'
export { ReadHomeRates, ReadPlanGrid, readHomeRates, readPlanGrid, type HomeRates } from './plan-grids.ts'
