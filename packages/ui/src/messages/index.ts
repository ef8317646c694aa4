import type { messages } from './zh-CN/index.ts'

export const locales = ['zh-CN', 'en'] as const
export type Locale = (typeof locales)[number]
export const defaultLocale: Locale = 'zh-CN'

type PlatformTexts = typeof messages

/**
 * The texts there are, in Chinese; every other language has exactly these. Here stand those of the platform. The domains add
 * theirs to this interface (packages/domains), so that the platform names no domain.
 */
export interface Texts extends PlatformTexts {}

export type MessageKey = keyof Texts

type Placeholder<Text extends string> = Text extends `${string}{${infer Inside}}${infer Rest}`
  ? Inside | Placeholder<Rest>
  : never

/** The parameters a message needs, read from the `{placeholders}` of its Chinese text. */
export type MessageParams<Key extends MessageKey> = [Placeholder<Texts[Key]>] extends [never]
  ? []
  : [params: Readonly<Record<Placeholder<Texts[Key]>, string | number>>]

export type Translate = <Key extends MessageKey>(key: Key, ...params: MessageParams<Key>) => string

type Catalogue = Readonly<Record<string, string>>

const catalogues = new Map<Locale, Catalogue>()

/**
 * Makes a language available. The server registers both, a browser only the one its page is in:
 * a catalogue is a chunk of its own, so nobody downloads the language they don't read.
 */
export function registerMessages(locale: Locale, catalogue: Catalogue): void {
  catalogues.set(locale, catalogue)
}

/** Narrows free text (a cookie, a form field, a `lang` attribute) to a language we have, or the default. */
export function readLocale(text: string | null | undefined): Locale {
  return locales.find((locale) => locale === text) ?? defaultLocale
}

function findTemplate(locale: Locale, key: string): string | undefined {
  const catalogue = catalogues.get(locale)
  if (!catalogue) throw new Error(`Language ${locale} is not registered`)
  return Object.hasOwn(catalogue, key) ? catalogue[key] : undefined
}

/**
 * Fills `{name}` from params. `{count|report|reports}` chooses a word: the first for exactly one, the second otherwise
 * (English needs it, Chinese does not).
 */
function fillTemplate(template: string, params: Readonly<Record<string, unknown>>): string {
  return template.replace(
    /\{([^{}|]+)(?:\|([^{}|]*)\|([^{}|]*))?\}/g,
    (whole, name: string, one?: string, other?: string) => {
      const value = params[name]
      if (one !== undefined && other !== undefined) return Number(value) === 1 ? one : other
      return value === undefined || value === null ? whole : String(value)
    },
  )
}

/** The text of a key in a language, its placeholders filled. */
export function translate<Key extends MessageKey>(locale: Locale, key: Key, ...params: MessageParams<Key>): string
export function translate(locale: Locale, key: MessageKey, params?: Readonly<Record<string, unknown>>): string {
  const template = findTemplate(locale, key) ?? key
  return params ? fillTemplate(template, params) : template
}

/**
 * The text of a key that comes from elsewhere (a DomainError, a rule in a form). An unknown key gives the general
 * error text, never the key itself: a reader must not see code.
 */
export function translateUnknown(locale: Locale, key: string, params: Readonly<Record<string, unknown>> = {}): string {
  const template = findTemplate(locale, key)
  return template === undefined ? translate(locale, 'errors.unknown') : fillTemplate(template, params)
}

/** Whether a key from elsewhere has a text. */
export function hasMessage(locale: Locale, key: string): key is MessageKey {
  return findTemplate(locale, key) !== undefined
}
