import { createContext, useContext, useMemo, type PropsWithChildren } from 'react'
import { defaultLocale, translate, type Locale, type Translate } from './messages/index.ts'

const LocaleContext = createContext<Locale>(defaultLocale)

/** Says which language everything below it is in. */
export function TextProvider({ locale, children }: PropsWithChildren<{ readonly locale: Locale }>) {
  return <LocaleContext.Provider value={locale}>{children}</LocaleContext.Provider>
}

export function useLocale(): Locale {
  return useContext(LocaleContext)
}

/** The texts of the reader's language: `text('tables.total', { count })`. */
export function useText(): Translate {
  const locale = useLocale()
  return useMemo(
    () =>
      (key, ...params) =>
        translate(locale, key, ...params),
    [locale],
  )
}
