export const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
export const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
export const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
export const packages = 'http://schemas.openxmlformats.org/package/2006'

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text in XML: control characters and halves of characters have no place there; "_x0041_" is no sign of its own. */
export function escapeText(text: string): string {
  return text
    .replaceAll(/\p{Surrogate}/gu, '\uFFFD')
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll(/[&<>"]/g, (sign) => escapes[sign] ?? sign)
    .replaceAll('\r', '_x000D_')
}

export type Relation = readonly [kind: string, target: string]

/** The relations of a part; the first is rId1. */
export function writeRelations(relations: readonly Relation[]): string {
  return `${declaration}<Relationships xmlns="${packages}/relationships">${relations
    .map(([kind, target], place) => `<Relationship Id="rId${place + 1}" Type="${office}/${kind}" Target="${target}"/>`)
    .join('')}</Relationships>`
}
