import { defineDomain } from '@gonglian/records'
import { nameForms } from '@gonglian/reporting'
import { defineTask } from '@gonglian/tasks'
import { found, shanghaiDay } from '@gonglian/tenancy'
import { listReceivedUrges, seeUrge, SeeUrge } from './urges.ts'

/** What a superior urged the body about and nobody here has confirmed. */
const urges = defineTask({
  key: 'inspection.urges',
  step: 'urged',
  permission: 'urge:read',
  all: '/reports',
  list: async (ctx, { limit }) => {
    const open = (await listReceivedUrges(ctx)).filter((urge) => urge.seenAt === null)
    const shown = open.slice(0, limit)
    const forms = await nameForms(
      ctx,
      shown.map((urge) => urge.formId),
    )
    return {
      total: open.length,
      rows: shown.map(({ id, formId, period, cause, from, message, at }) => {
        const form = found(forms.get(formId), 'errors.formNotFound')
        const place = `${encodeURIComponent(form.code)}/${period}?period=${period}`
        return {
          id: String(id),
          title: { zh: form.nameZh, en: form.nameEn || form.nameZh },
          period,
          notes: [
            { key: cause === 'report' ? 'desk.urge.report' : 'desk.urge.review', params: { from: from?.name ?? '' } },
            ...(message === '' ? [] : [{ key: 'desk.urge.message', params: { message } }]),
          ],
          since: shanghaiDay(at),
          due: null,
          to: cause === 'report' ? `/reports/${place}` : `/reports/review/${place}`,
        }
      }),
    }
  },
  settle: (ctx, id) => seeUrge(ctx, SeeUrge.parse({ urgeId: Number(id) })),
})

/** What inspection declares: urges. */
export const inspection = defineDomain({ name: 'inspection', nouns: {}, tasks: [urges] })
