/** The letters of a column: A, B, ... Z, AA. @param place 0 is the first */
export function nameColumn(place: number): string {
  return place < 26
    ? String.fromCharCode(65 + place)
    : `${nameColumn(Math.floor(place / 26) - 1)}${nameColumn(place % 26)}`
}
