/** Functions that see more than their caller does, and why they must. A new one is written down here, with its reason, by hand. */
export const definers: Readonly<Record<string, string>> = {
  'approvals.follow_superior()':
    'whoever moves a body sees no applications; they go to its new superior, with their papers and a line in three trails',
  'auth.redeem_link(text,text,text)':
    'before signing in: who knows the token of a link sets the password of its account',
  'documents.check_paper(bytea)':
    'whoever holds a print asks whether it is genuine; tells five facts of the one paper with that token',
  'rollup.count_backlog()': 'how much waits for the worker, as numbers, for whoever runs the system',
  'indicators.count_backlog()': 'the same of figures counted from records',
  'indicators.mark_records()': 'notes for the worker whose records changed; whoever changes them may not keep them',
  'reporting.accept(bigint,text)':
    'nobody writes what an acceptance contains; what stands in another line is not in sight',
  'reporting.accept_loaded(integer,text)': 'the same in bulk, for loaders only',
  'reporting.tell_above()': 'a step in the histories of superiors, which whoever reports does not see',
  'reporting.end_displaced()': 'ends acceptances that a move has displaced, along both lines',
  'reporting.name_reviewer(bigint)':
    'the name of the superior of a period, to whoever reads the report; tells names only',
  'targets.check_conservation()': 'P1 is checked over all shares of an item, also those that the writer does not see',
  'targets.check_amendment()': 'the same for an amendment',
}

/** Tables whose policies let the role of those functions pass, and for what (a: insert, r: select, *: all). */
export const definerPolicies: readonly string[] = [
  'approvals.application *',
  'approvals.step a',
  'auth.account w',
  'auth.one_time_link w',
  'documents.issued_paper r',
  'documents.withdrawal r',
  'files.file w',
  'indicators.feed_mark a',
  'indicators.feed_mark r',
  'indicators.form r',
  'indicators.form_item r',
  'indicators.indicator r',
  'reporting.acceptance *',
  'reporting.accepted_total *',
  'reporting.report *',
  'reporting.report_version *',
  'rollup.dirty a',
  'rollup.dirty r',
  'rollup.recount r',
  'rollup.regrouped r',
  'targets.allocation r',
  'targets.amendment r',
  'targets.item r',
  'targets.plan r',
  'tenancy.audit a',
  'tenancy.audit_head *',
  'tenancy.closure r',
  'tenancy.federation r',
  'tenancy.link r',
  'tenancy.opening a',
]
