/** The forms and views of the domain, for the browser. */
export { visitForm, visitView } from './visits/visit.ts'
