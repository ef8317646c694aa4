import type { HolidayCalendar } from '../src/deadlines.ts'

/** Notices of the General Office of the State Council for 2025 (12 November 2024) and 2026 (4 November 2025). */
export const holidays: HolidayCalendar = {
  years: [
    {
      year: 2025,
      holidays: [
        { nameZh: '元旦', nameEn: 'New Year', from: '2025-01-01', to: '2025-01-01' },
        { nameZh: '春节', nameEn: 'Spring Festival', from: '2025-01-28', to: '2025-02-04' },
        { nameZh: '清明节', nameEn: 'Qingming', from: '2025-04-04', to: '2025-04-06' },
        { nameZh: '劳动节', nameEn: 'Labour Day', from: '2025-05-01', to: '2025-05-05' },
        { nameZh: '端午节', nameEn: 'Dragon Boat Festival', from: '2025-05-31', to: '2025-06-02' },
        { nameZh: '国庆节、中秋节', nameEn: 'National Day and Mid-Autumn', from: '2025-10-01', to: '2025-10-08' },
      ],
      workdays: ['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
    },
    {
      year: 2026,
      holidays: [
        { nameZh: '元旦', nameEn: 'New Year', from: '2026-01-01', to: '2026-01-03' },
        { nameZh: '春节', nameEn: 'Spring Festival', from: '2026-02-15', to: '2026-02-23' },
        { nameZh: '清明节', nameEn: 'Qingming', from: '2026-04-04', to: '2026-04-06' },
        { nameZh: '劳动节', nameEn: 'Labour Day', from: '2026-05-01', to: '2026-05-05' },
        { nameZh: '端午节', nameEn: 'Dragon Boat Festival', from: '2026-06-19', to: '2026-06-21' },
        { nameZh: '中秋节', nameEn: 'Mid-Autumn', from: '2026-09-25', to: '2026-09-27' },
        { nameZh: '国庆节', nameEn: 'National Day', from: '2026-10-01', to: '2026-10-07' },
      ],
      workdays: ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
    },
  ],
}
