import { createContext, useCallback, useContext, useState } from 'react'

const NoteSending = createContext<(by: 1 | -1) => void>(() => undefined)

/** Around fields that send files: how many are on their way. What the files belong to is not sent before they have arrived. */
export const SendingProvider = NoteSending.Provider

/** For whoever holds the fields. */
export function useSending(): { readonly isSending: boolean; readonly note: (by: 1 | -1) => void } {
  const [count, setCount] = useState(0)
  const note = useCallback((by: 1 | -1) => setCount((before) => before + by), [])
  return { isSending: count > 0, note }
}

/** For a field: says that a file sets out, and that it has arrived or failed. */
export function useNoteSending(): (by: 1 | -1) => void {
  return useContext(NoteSending)
}
