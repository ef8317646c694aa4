import { Form } from '@remix-run/react'
import { useText } from '@gonglian/ui/text'
import type { DemonstrationAccount } from '../../../server/door.ts'

/** The demonstration accounts, one click each; a button of a form, so it works before and without scripts. */
export function DemonstrationAccounts(props: {
  readonly accounts: readonly DemonstrationAccount[]
  readonly back: string
}) {
  const { accounts, back } = props
  const text = useText()
  if (accounts.length === 0) return null
  return (
    <section className="sign-in-demo" aria-labelledby="demonstration">
      <h2 id="demonstration">{text('signIn.demo.title')}</h2>
      <p>{text('signIn.demo.text')}</p>
      <Form method="post">
        <input type="hidden" name="back" value={back} />
        <ul>
          {accounts.map((account) => {
            const role = text(`bodies.role.${account.role}`)
            return (
              <li key={account.username}>
                <button
                  type="submit"
                  name="demonstration"
                  value={account.username}
                  title={text('signIn.demo.as', { role, body: account.body })}
                >
                  <span className="sign-in-demo-body">{account.body}</span>
                  <span className="sign-in-demo-role">{role}</span>
                  <span className="sign-in-demo-name">{account.username}</span>
                </button>
              </li>
            )
          })}
        </ul>
      </Form>
    </section>
  )
}
