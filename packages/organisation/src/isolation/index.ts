import { describeTables } from '@gonglian/tenancy/isolation'
import { definerPolicies, definers } from './definers.ts'
import { keys, plants } from './plants.ts'
import { rules } from './rules.ts'

/** What the tests of the whole database have to know of the tables of the domain. */
export const tables = describeTables('organisation', {}, { rules, plants, keys, definers, definerPolicies })
