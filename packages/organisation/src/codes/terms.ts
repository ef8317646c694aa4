export const termBodies = ['congress', 'union_committee', 'audit_committee', 'women_committee'] as const
export const congressStates = ['preparing', 'held', 'cancelled'] as const
export const electedBodies = ['union_committee', 'audit_committee', 'women_committee'] as const
export const slatePosts = ['member', 'chair', 'vice_chair'] as const

/** A congress has no more quotas of delegates: one for each body directly below. */
export const quotasOfOneCongress = 500
