/** Pasting into the entry grid. */
export const spreadsheets = {
  'entry.undoPaste': '撤销粘贴',
  'entry.pasteUndone': '已撤销粘贴',
} as const
