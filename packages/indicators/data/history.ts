import { aba } from './history/aba.ts'
import { daye } from './history/daye.ts'
import type { BodyFact } from './history/fact.ts'
import { hanshou } from './history/hanshou.ts'
import { heihe } from './history/heihe.ts'
import { huanghua } from './history/huanghua.ts'
import { jiangsu } from './history/jiangsu.ts'
import { nanjing } from './history/nanjing.ts'
import { township } from './history/township.ts'
import { yancheng } from './history/yancheng.ts'

/** Figures that federations reported between 2005 and 2016, each by its number in the ledger of requirements. */
export const historyFacts: readonly BodyFact[] = [
  ...aba,
  ...township,
  ...yancheng,
  ...hanshou,
  ...daye,
  ...jiangsu,
  ...huanghua,
  ...heihe,
  ...nanjing,
]
