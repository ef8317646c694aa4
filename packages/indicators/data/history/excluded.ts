/** Entries of the ledger that are no figure of a body and a period, and why. */
export const excludedFacts = [
  { id: 'F041', reason: 'a date: the deadline of the unionisation sprint, 30 September 2014' },
  { id: 'F049', reason: 'a date: when the document was issued, 18 June 2014' },
  { id: 'F129', reason: 'a telephone number, no quantity' },
  { id: 'F333', reason: 'the name of a system of work, no quantity' },
  { id: 'F334', reason: 'a year of founding, no quantity of a period' },
  { id: 'F335', reason: 'a year of starting, no quantity of a period' },
  { id: 'F336', reason: 'a year of starting, no quantity of a period' },
  { id: 'F337', reason: 'a year, told of the whole country by an article; no body reports it' },
] as const
