import { translateUnknown, type Locale } from '@gonglian/ui/messages'
import { useLocale } from '@gonglian/ui'
import { useMemo } from 'react'

/** The text of a key that a declaration names. Each has one: a test reads all declarations. */
export type Words = (key: string, params?: Readonly<Record<string, string | number>>) => string

export function wordsOf(locale: Locale): Words {
  return (key, params) => translateUnknown(locale, key, params)
}

/** The texts of declarations, in the reader's language. */
export function useWords(): Words {
  const locale = useLocale()
  return useMemo(() => wordsOf(locale), [locale])
}
