import { appraisals } from './appraisals.ts'
import { cadres } from './cadres.ts'
import { checklists } from './checklists.ts'
import { congresses } from './congresses.ts'
import { coverage } from './coverage.ts'
import { employers } from './employers.ts'
import { imports } from './imports.ts'
import { leads } from './leads.ts'
import { lists } from './lists.ts'
import { members } from './members.ts'
import { ratings } from './ratings.ts'
import { terms } from './terms.ts'
import { transfers } from './transfers.ts'
import { unions } from './unions.ts'
import { women } from './women.ts'

/** What of the organisation domain is no declared list or command. */
export const organisationRouters = {
  appraisals,
  cadres,
  checklists,
  congresses,
  coverage,
  employers,
  imports,
  leads,
  lists,
  members,
  ratings,
  terms,
  transfers,
  unions,
  women,
}
