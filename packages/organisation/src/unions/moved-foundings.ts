type Asks = { query(statement: string, values: unknown[]): Promise<unknown> }

/**
 * Places a union that was founded today on the day that a test needs: nobody approves in the past.
 *
 * @param owner a connection of the database's owner
 * @param years of its committees' terms
 */
export async function moveFounding(owner: Asks, unionId: number, on: string, years: number): Promise<void> {
  await owner.query("select set_config('app.now', $1, false)", [`${on}T12:00:00+08:00`])
  await owner.query(
    'update organisation.trade_union set applied_on = $2, approved_on = $2, founded_on = $2 where id = $1',
    [unionId, on],
  )
  await owner.query(
    'update organisation.term set starts_on = $2, ends_on = ($2::date + make_interval(years => $3))::date where union_id = $1',
    [unionId, on, years],
  )
  await owner.query('update organisation.companion_body set formed_on = $2 where union_id = $1', [unionId, on])
  await owner.query('update organisation.covered_unit set valid_from = $2 where union_id = $1', [unionId, on])
  await owner.query('update organisation.officer set valid_from = $2 where union_id = $1', [unionId, on])
}
