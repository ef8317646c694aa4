import { flow, inDomain } from './entry.ts'

export const cadre = inDomain('cadre', [
  flow(
    'cadre_training_person_times',
    '人次',
    '工会干部培训人次',
    'Cadre training person-times',
    '本期参加培训的工会干部人次。',
    'Person-times of union officers in trainings of the period.',
    { by: ['level'] },
  ),
])
