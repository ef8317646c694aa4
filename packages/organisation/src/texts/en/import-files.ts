/** What is wrong with a file that is imported. */
export const importFiles = {
  'organisation.import.notReadable': 'The file can’t be read; use an Excel or CSV file',
  'organisation.import.locked': 'The file has a password; remove it in Excel and import again',
  'organisation.import.noSheet': 'The file has no such sheet',
  'organisation.import.noColumns':
    'Required columns are missing, see the list below; the head must be in the first 20 rows',
  'organisation.import.badSigns':
    'Some characters can’t be read, see the list below; check the file in Excel and save it as .xlsx',
  'organisation.import.errorCell': 'The formula in “{column}” failed and has no result',
  'organisation.import.digitsLost':
    '“{column}” is a number, and its digits after the fifteenth are lost; format the cell as text and type it again',
  'organisation.import.dayPart': '“{column}” lacks the month or day; write 2026-01-15',
  'organisation.import.dayUnclear': 'Year, month and day of “{column}” can’t be told apart; write 2026-01-15',
  'organisation.import.noSuchDay': '“{column}” is a day that doesn’t exist',
  'organisation.import.totalRow': 'This is a line of totals, not a member',
  'organisation.import.word': '“{column}” must be one of: {allowed}',
  'organisation.import.wordMeant': '“{column}” must be one of: {allowed}. Did you mean “{suggestion}”?',
  'organisation.creditCode.early': 'The check character is wrong; kept as a code issued early, please check',
  'organisation.import.tooSlow':
    'Reading the file took too long and was stopped. Save it as a new .xlsx file in Excel, or split it into several files',
  'organisation.import.badSign':
    'Line {line} has a character that cannot be read. Open the file in Excel, check it, and save it as .xlsx',
  'lists.fault.creditCodeEarly': 'Check character of the credit code wrong, kept',
  'imports.template.rule.required': 'Required',
  'imports.template.rule.optional': 'Optional',
  'imports.template.rule.digits': 'Fill in as text, not as a number',
  'imports.template.rule.day': 'A date, such as 2026-01-15',
  'imports.template.rule.choice': 'Pick from the list',
} as const
