-- What the feeds of the organisation domain read (packages/organisation/src/feeds).
do $$
declare t text;
begin
  foreach t in array array['appraisal', 'attendance', 'checklist_result', 'companion_body', 'covered_unit', 'employer', 'employer_list',
    'home_title', 'lead', 'list_row', 'member', 'nursing_room', 'officer', 'screening', 'term', 'trade_union', 'training', 'visit'] loop
    execute format('call indicators.feed_from(''organisation.%I'')', t);
  end loop;
end $$;
