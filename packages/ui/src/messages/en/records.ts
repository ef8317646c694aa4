export const records = {
  'records.yes': 'Yes',
  'records.no': 'No',
  'records.print': 'Print',
  'records.printedBy': 'Printed by {person}, {at}',
  'records.acts': 'Actions',
  'records.and': ', ',
  'records.from': 'From',
  'records.to': 'To',
  'records.fileTooLong': 'The list has more than {limit} rows; narrow it before exporting',
  'records.noList': 'There is no such list',
} as const
