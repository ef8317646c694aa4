/** What a rule says about a value: an error refuses it, a warning only wants to be seen. The words stand in the catalogues. */
export type Finding = {
  /** "idNumber.check" */
  readonly rule: string
  readonly key: string
  readonly params?: Readonly<Record<string, string | number>>
}
