import { EmptyState, useText } from '@gonglian/ui'
import { titlePage } from '../../titles.ts'

export const meta = titlePage('frame.nav.desk')

export default function DeskPage() {
  const text = useText()
  return (
    <>
      <h1>{text('frame.nav.desk')}</h1>
      <EmptyState title={text('tables.empty')} />
    </>
  )
}
