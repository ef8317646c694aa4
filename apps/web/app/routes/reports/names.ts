import { nameItem, type CheckedItem } from '@gonglian/indicators/figures'
import type { Locale } from '@gonglian/ui/messages'

/** A form's name in the reader's language. */
export function nameForm(form: { readonly nameZh: string; readonly nameEn: string }, locale: Locale): string {
  return locale === 'en' && form.nameEn !== '' ? form.nameEn : form.nameZh
}

/** An item's name in the reader's language, the Chinese one where there is no other. */
export function nameInGrid(item: CheckedItem, locale: Locale): string {
  return nameItem(item, locale === 'en' && item.nameEn !== '' ? 'en' : 'zh-CN')
}
