import { createContext, useContext } from 'react'

const Nonce = createContext('')

export const NonceProvider = Nonce.Provider

/** The nonce of this page for inline scripts and styles. */
export function useNonce(): string {
  return useContext(Nonce)
}
