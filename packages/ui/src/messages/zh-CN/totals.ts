/** Totals in the audit trail. */
export const totals = {
  'audit.action.rollup.repair': '重算有差异的汇总数',
  'audit.object.totals': '汇总数',
} as const
