import type { LoaderFunctionArgs } from '@remix-run/node'
import { formatUnit, readTableQuery } from '@gonglian/ui'
import { hasMessage, translate, translateUnknown } from '@gonglian/ui/messages'
import { ask } from '../../../ask.ts'
import { sendTable } from '../../../table-file.ts'
import { nameIssuers } from '../issuers.ts'
import { domains } from './domains.ts'
import { toListing, type Indicator } from './indicator.ts'

const pageSize = 500

/** `GET /system/catalogue/export.csv` and `.xlsx`: every indicator that search and domain leave. */
export async function loader(args: LoaderFunctionArgs) {
  const { searchParams } = new URL(args.request.url)
  const { locale } = args.context
  const listing = toListing(searchParams, readTableQuery(searchParams, 'catalogue'), domains)
  const { rows, issuers } = await ask(args, async (api) => {
    const gathered: Indicator[] = []
    for (let page = 1; ; page += 1) {
      const part = await api.indicators.listIndicators({ ...listing, page, pageSize })
      gathered.push(...part.rows)
      if (part.rows.length < pageSize) return { rows: gathered, issuers: await nameIssuers(api) }
    }
  })
  const wordDomain = (domain: string) => {
    const key = `indicators.domain.${domain}`
    return hasMessage(locale, key) ? translateUnknown(locale, key) : domain
  }
  return sendTable(
    args,
    translate(locale, 'catalogue.title'),
    [
      { title: translate(locale, 'catalogue.code'), value: ({ code }) => code },
      {
        title: translate(locale, 'catalogue.name'),
        value: ({ nameZh, nameEn }) => (locale === 'en' ? nameEn : nameZh),
      },
      {
        title: translate(locale, 'catalogue.english'),
        value: ({ nameZh, nameEn }) => (locale === 'en' ? nameZh : nameEn),
      },
      { title: translate(locale, 'catalogue.domain'), value: ({ domain }) => wordDomain(domain) },
      { title: translate(locale, 'catalogue.unit'), value: ({ unit }) => formatUnit(unit, locale, 'none') },
      {
        title: translate(locale, 'catalogue.nature'),
        value: ({ nature }) => translate(locale, `indicators.nature.${nature}`),
      },
      {
        title: translate(locale, 'catalogue.additivity'),
        value: ({ additivity }) => translate(locale, `indicators.additivity.${additivity}`),
      },
      {
        title: translate(locale, 'catalogue.definition'),
        value: ({ definitionZh, definitionEn }) => (locale === 'en' ? definitionEn : definitionZh),
      },
      {
        title: translate(locale, 'catalogue.issuer'),
        value: ({ issuerId }) => issuers[issuerId]?.name ?? translate(locale, 'catalogue.issuer.below'),
      },
    ],
    rows,
  )
}
