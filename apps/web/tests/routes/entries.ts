import type { Entry, Pages } from './entry.ts'
import { organisationPages } from './organisation.ts'
import { platformPages } from './platform.ts'

const pages: Pages = { ...platformPages, ...organisationPages }

/** Each list has two files behind one guard; what a workbook shows is packed. */
const workbooks = Object.entries(pages).flatMap(([address, { shows: _, to, ...entry }]): [string, Entry][] =>
  address.endsWith('/export.csv')
    ? [[asWorkbook(address), { ...entry, to: (fixture) => asWorkbook(to(fixture)) }]]
    : [],
)

function asWorkbook(address: string): string {
  return address.replace('/export.csv', '/export.xlsx')
}

export const entries: Pages = { ...pages, ...Object.fromEntries(workbooks) }
