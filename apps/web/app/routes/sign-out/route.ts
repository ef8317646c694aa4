import { redirect, type ActionFunctionArgs } from '@remix-run/node'

/** `POST /sign-out`; with `everywhere=1` it ends the person's other sessions too. */
export async function action({ request, context }: ActionFunctionArgs) {
  const form = await request.formData()
  const cookie = await context.door.signOut(context.cookie, form.get('everywhere') === '1', context)
  throw redirect('/sign-in?why=signed-out', { headers: { 'Set-Cookie': cookie } })
}

export function loader() {
  throw redirect('/')
}
