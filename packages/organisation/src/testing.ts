export { aMember, aUnion, anIdNumber } from './sample-members.ts'
export { aCongress, aCreditCode, aFoundedUnion, anApplication, anEmployer, anOffice, papers } from './sample-unions.ts'
export { aCountedAppraisal, aRating, type PlacedRating, type PlacedState } from './placed-ratings.ts'
export { someUnions } from './rated-unions.ts'
