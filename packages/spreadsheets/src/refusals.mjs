/**
 * Why a file is not read. `notReadable`: no spreadsheet, or a damaged one; `locked`: protected by a password; `noSheet`: the workbook has
 * no sheet of that name; `tooLarge`: over a limit of size, rows, cells or memory; `tooSlow`: over the limit of time; `badSign`: a sign that
 * no encoding explains, in `line`.
 * @typedef {'notReadable' | 'locked' | 'noSheet' | 'tooLarge' | 'tooSlow' | 'badSign'} Reason
 */

/** A file that is refused. */
export class SpreadsheetRefusal extends Error {
  /**
   * @param {Reason} reason
   * @param {number | null} [line]
   */
  constructor(reason, line = null) {
    super(`The file is refused: ${reason}`)
    this.name = 'SpreadsheetRefusal'
    this.reason = reason
    this.line = line
  }
}
