import { currentPeriod, previousPeriod } from '@gonglian/indicators'
import { shanghaiDay } from '@gonglian/tenancy'

/** The month before this one: the last that is over, and the one in which the demonstration left something to do. */
export function lastMonth(): string {
  return previousPeriod(currentPeriod('month', shanghaiDay(new Date())))
}
