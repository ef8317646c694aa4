export { aMember, aUnion, anIdNumber } from './sample-members.ts'
export { aCongress, aCreditCode, aFoundedUnion, anApplication, anEmployer, anOffice, papers } from './sample-unions.ts'
