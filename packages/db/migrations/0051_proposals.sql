-- What was proposed stands beside the opinion in the history of an application; until now it stood before it, in one text.
alter table approvals.step no force row level security;
alter table approvals.step add column proposal text check (proposal in ('approve', 'return'));
update approvals.step set proposal = split_part(note, ': ', 1), note = substr(note, strpos(note, ': ') + 2)
where to_state = 'proposed' and note ~ '^(approve|return): ';
alter table approvals.step force row level security;
