export {
  defaultLocale,
  hasMessage,
  locales,
  readLocale,
  registerMessages,
  translate,
  translateUnknown,
  type Catalogue,
  type Locale,
  type MessageKey,
  type MessageParams,
  type Translate,
} from './catalogue.ts'
