const paths = {
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.5 15.5 20 20',
  filter: 'M4 5h16l-6 7.500V19l-4-2v-4.500z',
  down: 'M6 9l6 6 6-6',
  right: 'M9 6l6 6-6 6',
  left: 'M15 6l-6 6 6 6',
  close: 'M6 6l12 12M18 6 6 18',
  menu: 'M4 7h16M4 12h16M4 17h16',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20c1-4 4-6 7.5-6s6.500 2 7.500 6',
  desk: 'M4 5h7v7H4zM13 5h7v4h-7zM13 11h7v8h-7zM4 14h7v5H4z',
  targets: 'M12 3a9 9 0 1 0 9 9M12 8a4 4 0 1 0 4 4M12 12l8-8M16 4v4h4',
  reports: 'M6 3h9l4 4v14H6zM14 3v5h5M9 12h6M9 16h6',
  progress: 'M4 20V10M10 20V4M16 20v-7M21 20H3',
  records: 'M4 5h16v4H4zM4 9v10h16V9M9 13h6',
  approvals: 'M6 3h9l4 4v14H6zM14 3v5h5M9 14l2.500 2.500L16 11.500',
  bodies: 'M12 3v5M9 3h6v5H9zM5 21v-5h4v5zM15 21v-5h4v5zM7 16v-4h10v4M12 8v4',
  organisation:
    'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM3.500 19c.6-3 2.700-4.500 5.500-4.500s4.900 1.500 5.500 4.500M16 11a2.500 2.500 0 1 0 0-5M17 14.500c2 .4 3.200 1.800 3.500 4.500',
  system:
    'M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6ZM12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.100 2.100M16.300 16.300l2.100 2.100M5.600 18.400l2.100-2.100M16.300 7.700l2.100-2.100',
  lock: 'M7 11V8a5 5 0 0 1 10 0v3M5 11h14v9H5z',
  undo: 'M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6',
  redo: 'M15 7l5 5-5 5M20 12H10a6 6 0 0 0-6 6',
  download: 'M12 4v11M7 11l5 5 5-5M4 20h16',
  print: 'M7 9V3h10v6M7 17H4V9h16v8h-3M7 14h10v7H7z',
  live: 'M12 11a1 1 0 1 0 0 2 1 1 0 0 0 0-2ZM8 8a6 6 0 0 0 0 8M16 8a6 6 0 0 1 0 8M5 5a10 10 0 0 0 0 14M19 5a10 10 0 0 1 0 14',
} as const

export type IconName = keyof typeof paths

/** A line icon of 18 px. Always decoration: the word or label stands beside it. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className="gl-icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  )
}
