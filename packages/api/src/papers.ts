import { CheckPaper, WithdrawalReason, checkPaper, issuePaper, readSheet, withdrawPaper } from '@gonglian/documents'
import type { Domain } from '@gonglian/records'
import { found } from '@gonglian/tenancy'
import { z } from 'zod'
import { nameSource } from './guesses.ts'
import { provenProcedure, router, tenantProcedure, visitorProcedure } from './procedures.ts'

const WhichPaper = z.object({ path: z.string().max(80), id: z.int().positive() })

/** The papers of all domains: read, signed, withdrawn, and checked by anybody who holds a print. */
export function routePapers(domains: readonly Domain[]) {
  const papers = new Map(domains.flatMap(({ papers = [] }) => papers).map((paper) => [paper.path, paper]))
  const findPaper = (path: string) => found(papers.get(path), 'papers.none')
  return router({
    readPaper: tenantProcedure
      .input(WhichPaper)
      .query(({ ctx, input }) => readSheet(ctx.tenant, findPaper(input.path), input.id)),
    issuePaper: provenProcedure
      .input(WhichPaper)
      .mutation(({ ctx, input }) => issuePaper(ctx.tenant, findPaper(input.path), input.id)),
    withdrawPaper: provenProcedure
      .input(WhichPaper.extend({ reason: WithdrawalReason }))
      .mutation(({ ctx, input }) => withdrawPaper(ctx.tenant, findPaper(input.path), input.id, input.reason)),
    checkPaper: visitorProcedure.input(CheckPaper).query(async ({ ctx, input }) => {
      const now = ctx.deps.clock()
      // Counted apart from the codes of ballots: who mistypes a code can still check a paper.
      const source = `paper ${nameSource(ctx.address)}`
      ctx.guesses.refuse(source, now)
      const verdict = await checkPaper(ctx.deps, input)
      if (verdict.state === 'unknown') ctx.guesses.count(source, now)
      return verdict
    }),
  })
}
