import type { ReactNode } from 'react'

/** What was done, and the button that takes it back where there is one. */
export type Done = { readonly text: string; readonly undo?: ReactNode }
