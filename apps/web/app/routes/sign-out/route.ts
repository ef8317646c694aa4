import type { ActionFunctionArgs } from '@remix-run/node'
import { redirectTo } from '../../redirect.ts'

/** `POST /sign-out`; with `everywhere=1` it ends the person's other sessions too. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData()
  const cookie = await context.door.signOut(context.cookie, form.get('everywhere') === '1', context)
  throw redirectTo('/sign-in?why=signed-out', { headers: { 'Set-Cookie': cookie } })
}

export function loader() {
  throw redirectTo('/')
}
