import type { MetaDescriptor } from '@remix-run/node'
import { readLocale, translate, translateUnknown, type Locale, type MessageKey } from '@gonglian/ui/messages'

type Match = { readonly id: string; readonly data?: unknown }

/** The page's language, from the data of the root route, for `meta` functions. */
function findLocale(matches: readonly (Match | undefined)[]) {
  const data = matches.find((match) => match?.id === 'root')?.data
  const locale = typeof data === 'object' && data !== null && 'locale' in data ? data.locale : undefined
  if (typeof locale === 'string') return readLocale(locale)
  // After a failure there may be no data; a browser has the catalogue of its page's language alone.
  return readLocale(typeof document === 'undefined' ? null : document.documentElement.lang)
}

/** `meta` of a page: its title and the product's name; null for the product's name alone. */
export function titlePage(key: MessageKey | null) {
  return ({ matches }: { readonly matches: readonly (Match | undefined)[] }): MetaDescriptor[] => {
    const locale = findLocale(matches)
    const product = translate(locale, 'frame.product')
    return [{ title: key === null ? product : `${translateUnknown(locale, key)} · ${product}` }]
  }
}

/** `meta` of a page named after what it shows; the product's name alone while there is nothing. */
export function titleAfter<Data>(read: (data: Data, locale: Locale) => string) {
  return (page: {
    readonly data: Data | undefined
    readonly matches: readonly (Match | undefined)[]
  }): MetaDescriptor[] => {
    const locale = findLocale(page.matches)
    const product = translate(locale, 'frame.product')
    return [{ title: page.data === undefined ? product : `${read(page.data, locale)} · ${product}` }]
  }
}
