/** The domains of the catalogue (handbook 12.1), in its order. */
export const domains = [
  'organisation',
  'women',
  'rights',
  'safety',
  'aid',
  'competition',
  'model_worker',
  'finance',
  'governance',
  'culture_education',
  'cadre',
] as const
