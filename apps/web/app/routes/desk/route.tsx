import { titlePage } from '../../titles.ts'

export const meta = titlePage('frame.nav.desk')

export default function DeskPage() {
  return null
}
