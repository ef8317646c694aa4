/** Figures that change with employers, unions or who covers whom. */
export const coveredFeeds = [
  'organisation.unions',
  'organisation.census',
  'organisation.lists',
  'organisation.terms',
  'organisation.women',
] as const
