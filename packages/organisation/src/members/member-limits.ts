import { z } from 'zod'
import { defineLimit } from '../limits.ts'

const perHour = z.int().min(1).max(100_000)

/** What differs by place about members. */
export const memberLimits = {
  /** Days until a transfer that nobody answers ends by itself. */
  transferDays: defineLimit('organisation.transfer_days', z.int().min(1).max(365), 30, '通行做法'),
  /** Trainings of outgoing workers in their rights that a township holds in a year, at least. */
  yearlyTrainings: defineLimit('organisation.yearly_rights_trainings', z.int().min(0).max(52), 1, '通行做法'),
  /** Searches of the register by a whole number that an account may make in an hour. */
  searchesPerHour: defineLimit('member.searches_per_hour', perHour, 60, '《个人信息保护法》'),
  /** Whole id numbers that an account may enrol, or enter into records, in an hour. */
  enrolmentsPerHour: defineLimit('member.enrolments_per_hour', perHour, 300, '《个人信息保护法》'),
  /** Numbers of the register of unions that an account may look up in an hour. */
  unionLookupsPerHour: defineLimit('organisation.union_lookups_per_hour', perHour, 60, '《个人信息保护法》'),
}
