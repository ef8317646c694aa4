/** Seeds of runs that once found something, with what they found; each is run again by the test. */
export const failedSeeds: readonly { readonly seed: number; readonly found: string }[] = []
