/** Table files: reading them, their cells, the template of an import. */
export const spreadsheets = {
  'entry.undoPaste': 'Undo the paste',
  'entry.pasteUndone': 'The paste was undone',
} as const
