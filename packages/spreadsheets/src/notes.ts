import { nameColumn } from './column-names.ts'
import type { WrittenSheet } from './sheet-writer.ts'
import { declaration, escapeText, main } from './written-xml.ts'

type Sheet = Pick<WrittenSheet, 'notes' | 'frozen'>

/** The comments of a sheet. */
export function writeNotes({ notes, frozen }: Sheet): string {
  return `${declaration}<comments xmlns="${main}"><authors><author/></authors><commentList>${notes
    .map(
      ({ place, text }) =>
        `<comment ref="${nameColumn(place)}${frozen}" authorId="0"><text><t xml:space="preserve">${escapeText(text)}</t></text></comment>`,
    )
    .join('')}</commentList></comments>`
}

/** Where Excel draws them: comments have no place without a drawing in the old language for it. */
export function writeNoteShapes({ notes, frozen }: Sheet): string {
  const shapes = notes.map(
    ({ place }, index) =>
      `<v:shape id="_x0000_s${1025 + index}" type="#_x0000_t202" style="position:absolute;width:220pt;height:70pt;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:path o:connecttype="none"/><v:textbox/><x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill><x:Row>${frozen - 1}</x:Row><x:Column>${place}</x:Column></x:ClientData></v:shape>`,
  )
  return `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>${shapes.join('')}</xml>`
}
