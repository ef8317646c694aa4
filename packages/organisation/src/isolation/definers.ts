/** Functions that see more than their caller does, and why they must. */
export const definers: Readonly<Record<string, string>> = {
  'organisation.ask_taken(bytea[],text)':
    'a person is a member once in the country; says whether, not where, and notes it there',
  'organisation.find_union(text)': 'a transfer names the union of another body by its exact number; tells names only',
  'organisation.request_transfers(bigint[],text,text,boolean,date,date,text)': 'writes what the other body will read',
  'organisation.settle_transfers(bigint[],integer[],text,text,date,text)':
    'ends a membership there and begins it here in one statement, so that nobody counts twice',
  'organisation.count_members_below(integer,date,date,text)': '14.2: superiors read counts of members, never rows',
  'organisation.print_slips(bigint,bytea[],text)': '14.2: nobody reads slips and ballots, so a function writes them',
  'organisation.void_slips(bigint)': 'takes unused slips of a lost print out of use, without a look at the others',
  'organisation.list_waiting(integer)': 'tells the worker of which appraisals enough ballots wait',
  'organisation.mix_ballots(bigint,bytea[])': 'writes sealed ballots anew in random order; none is added or lost',
  'organisation.cast_ballot(bytea,bytea,date)': 'a visitor with a slip votes; slip and ballot are read by nobody',
  'organisation.count_cast(bigint)': 'how many have voted, without a look at the ballots',
  'organisation.take_ballots(bigint)': 'the sealed ballots of an own appraisal, at its closing',
  'organisation.close_appraisal(bigint,text[],date,integer,bytea)': 'counts, and mixes the ballots for good',
  'organisation.abandon_appraisal(bigint)': 'throws ballots away unread that nobody can open',
  'organisation.find_group_key(bytea)': 'tells a visitor with a slip what the ballot is sealed to',
  'organisation.count_ballots(bigint)': 'counts again for whoever doubts, without a look at the ballots',
}

/** Tables whose policies let the role of those functions pass, and for what. */
export const definerPolicies: readonly string[] = [
  'organisation.ballot *',
  'organisation.member *',
  'organisation.sealed_ballot *',
  'organisation.slip *',
  'organisation.slip_order *',
  'organisation.step a',
  'organisation.trade_union r',
  'organisation.transfer *',
  'organisation.waiting_ballot *',
]
