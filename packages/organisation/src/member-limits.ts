import { z } from 'zod'
import { defineLimit } from './limits.ts'

/** What differs by place about members. */
export const memberLimits = {
  /** Days until a transfer that nobody answers ends by itself. */
  transferDays: defineLimit('organisation.transfer_days', z.int().min(1).max(365), 30, '5.3'),
  /** Trainings of outgoing workers in their rights that a township holds in a year, at least. */
  yearlyTrainings: defineLimit('organisation.yearly_rights_trainings', z.int().min(0).max(52), 1, 'M013'),
}
