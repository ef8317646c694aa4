import { z } from 'zod'

/** Lists are read a page at a time. */
export const paging = {
  page: z.int().min(1).max(100_000).default(1),
  pageSize: z.int().min(1).max(200).default(50),
}
