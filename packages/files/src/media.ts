/**
 * What may be attached, by content. Nothing of it runs in a browser: neither HTML nor SVG nor scripts. The browser reads this list for
 * what it offers to choose.
 */
export const mediaTypes = {
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'image/webp': ['.webp'],
  'image/heic': ['.heic'],
  'application/pdf': ['.pdf'],
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['.docx'],
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['.xlsx'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>
export type MediaType = keyof typeof mediaTypes

export const pictures = ['image/jpeg', 'image/png', 'image/webp', 'image/heic'] as const satisfies readonly MediaType[]
export const papers = [
  'application/pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const satisfies readonly MediaType[]

/** What browsers show by themselves, in a frame or as a picture. */
const shown: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] satisfies MediaType[]

export const isShown = (media: string): boolean => shown.includes(media)

export function isMediaType(media: string): media is MediaType {
  return Object.hasOwn(mediaTypes, media)
}

/** The endings of these types, as a file input takes them. */
export function listEndings(media: readonly MediaType[]): string {
  return media.flatMap((one) => mediaTypes[one]).join(',')
}

/** The name a file is saved under: what it is called, with an ending that is true. */
export function nameDownload(fileName: string, media: string): string {
  const endings: readonly string[] = isMediaType(media) ? mediaTypes[media] : ['']
  const lower = fileName.toLowerCase()
  return endings.some((ending) => lower.endsWith(ending)) ? fileName : `${fileName}${endings[0] ?? ''}`
}
