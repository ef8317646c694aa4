const pageSize = 200

/** All rows of a list that the API gives a page at a time: for its file. */
export async function readEveryPage<Row>(
  read: (part: { page: number; pageSize: number }) => Promise<{ rows: readonly Row[] }>,
): Promise<Row[]> {
  const gathered: Row[] = []
  for (let page = 1; ; page += 1) {
    const { rows } = await read({ page, pageSize })
    gathered.push(...rows)
    if (rows.length < pageSize) return gathered
  }
}
