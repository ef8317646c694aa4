export const applicationStates = ['applied', 'proposed', 'approved', 'returned', 'lapsed', 'withdrawn'] as const
export type ApplicationState = (typeof applicationStates)[number]

/** Appendix A: the superior's officer proposes, its leader decides. A returned one is handed in again or taken back. */
export const applicationMoves: Readonly<Record<ApplicationState, readonly ApplicationState[]>> = {
  applied: ['proposed', 'withdrawn', 'lapsed'],
  proposed: ['approved', 'returned', 'withdrawn', 'lapsed'],
  returned: ['applied', 'withdrawn'],
  approved: [],
  lapsed: [],
  withdrawn: [],
}
