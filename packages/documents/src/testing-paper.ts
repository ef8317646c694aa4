import { z } from 'zod'
import { findFederations, found } from '@gonglian/tenancy'
import { heading, paragraph, table } from './blocks.ts'
import { definePaper } from './papers.ts'

/** A paper about a body of the tree, for the tests of this package, which knows no domain. */
export const bodyPaper = definePaper({
  path: 'bodies.confirmation',
  permission: 'federation:read',
  signedBy: 'target:issue',
  head: 'red',
  data: z.object({ name: z.string(), initials: z.string() }),
  read: async (ctx, id) => {
    const row = found((await findFederations(ctx, [ctx.tenantId])).get(id))
    return { number: `测发〔2026〕${row.code}号`, data: { name: row.name, initials: row.shortName } }
  },
  title: ({ name }) => `关于确认${name}的通知`,
  to: () => '各有关单位',
  blocks: ({ name, initials }) => [
    heading('一、确认事项'),
    heading('（一）名称', 2),
    paragraph(`名称为${name}，缩写为${initials}。`),
    table(['序号', '名称'], [['1', name]]),
  ],
})
