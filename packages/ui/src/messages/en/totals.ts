/** Totals in the audit trail. */
export const totals = {
  'audit.action.rollup.repair': 'Totals that differed computed anew',
  'audit.object.totals': 'Totals',
} as const
