import { Outlet, useLocation, useNavigation } from '@remix-run/react'
import { PageSkeleton } from '@gonglian/ui'
import { useEffect, useState } from 'react'
import { ErrorPage } from '../missing/error-page.tsx'

const patienceMs = 250

/** The place of the page inside the frame. A page that takes longer shows its grey shape; a quick one doesn't flicker. */
export default function PagePlace() {
  const { pathname } = useLocation()
  const navigation = useNavigation()
  const leaving = navigation.state === 'loading' && navigation.location.pathname !== pathname
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!leaving) return setSlow(false)
    const timer = setTimeout(() => setSlow(true), patienceMs)
    return () => clearTimeout(timer)
  }, [leaving])
  return slow ? (
    <PageSkeleton shape={navigation.location?.pathname === '/' ? 'columns' : 'table'} rows={12} />
  ) : (
    <Outlet />
  )
}

export { ErrorPage as ErrorBoundary }
