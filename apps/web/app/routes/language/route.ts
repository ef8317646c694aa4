import type { ActionFunctionArgs } from '@remix-run/node'
import { readLocale } from '@gonglian/ui/messages'
import { redirectTo } from '../../redirect.ts'

/** `POST /language`: remembers the language for a year and returns to the page it was chosen on. */
export async function action({ request }: ActionFunctionArgs) {
  const chosen = (await request.formData()).get('locale')
  const locale = readLocale(typeof chosen === 'string' ? chosen : null)
  throw redirectTo(readReferrer(request), {
    headers: { 'Set-Cookie': `locale=${locale}; Path=/; Max-Age=31536000; SameSite=Lax` },
  })
}

export function loader() {
  throw redirectTo('/')
}

function readReferrer(request: Request): string {
  const referrer = request.headers.get('referer') ?? ''
  if (!URL.canParse(referrer)) return '/'
  const { pathname, search } = new URL(referrer)
  // The path alone: whatever host the header names, the answer stays here.
  return `${pathname}${search}`
}
