export { aMember, aUnion, anIdNumber } from './sample-members.ts'
