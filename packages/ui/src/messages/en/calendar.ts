/** The calendar of holidays. */
export const calendar = {
  'calendar.provisional': 'Holidays of {year} are not published yet; counted by weekends',
  'calendar.missing':
    'The holidays of {years} are not entered yet. Until then deadlines in these years are counted by weekends and holidays of fixed date. Enter them under “Public holidays” once the State Council’s notice is out.',
} as const
