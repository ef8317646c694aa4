import type { LinksFunction, LoaderFunctionArgs } from '@remix-run/node'
import { Outlet, useLoaderData } from '@remix-run/react'
import { FigureHandProvider, findPeriodAt, useLocale, writePeriod } from '@gonglian/ui'
import { findFigureHand } from '../../figure-hand.ts'
import { ClockProvider } from '../../clock.tsx'
import { LiveProvider } from '../../live.tsx'
import { ProofProvider } from '../../proof.tsx'
import frameStyles from '../../styles/frame.css?url'
import { FrameLayout } from './layout.tsx'
import { redirectTo } from '../../redirect.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: frameStyles }]

/** Who I am and whom I act for. Nobody signed in: to the sign-in, and back here afterwards. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { visitor, door, cookie, now } = context
  if (!visitor) {
    const { pathname, search } = new URL(request.url)
    const back = encodeURIComponent(`${pathname.replace(/\.data$/, '')}${search}`)
    throw redirectTo(`/sign-in?back=${back}${cookie?.includes('session=') ? '&why=expired' : ''}`)
  }
  const frame = await door.readFrame(visitor)
  const demonstration = door.readDemonstrationPassword() !== null
  const notices = await context.api.session.listNotices()
  return { ...frame, notices, demonstration, now: now.toISOString(), period: writePeriod(findPeriodAt(now, 'month')) }
}

export default function FramePage() {
  const frame = useLoaderData<typeof loader>()
  const locale = useLocale()
  return (
    <FigureHandProvider hand={findFigureHand(locale)}>
      <ClockProvider now={frame.now}>
        <LiveProvider>
          <ProofProvider hasFactor={frame.hasFactor}>
            <FrameLayout frame={frame}>
              <Outlet />
            </FrameLayout>
          </ProofProvider>
        </LiveProvider>
      </ClockProvider>
    </FigureHandProvider>
  )
}
