-- Whoever is elected holds a post: also those of the audit and the women's committee who do not chair it.
alter table organisation.officer drop constraint officer_post_check;
alter table organisation.officer add constraint officer_post_check check (post in ('chair', 'vice_chair', 'committee_member', 'audit_chair',
  'audit_vice_chair', 'audit_member', 'women_chair', 'women_vice_chair', 'women_member', 'office', 'organiser', 'team_leader'));

-- Why what a body handed in came back to it: the history of a quota is the issuer's alone.
alter table organisation.delegate_quota add column returned_for text not null default '' check (length(returned_for) <= 300);
