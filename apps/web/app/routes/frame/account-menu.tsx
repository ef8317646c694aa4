import { Form, Link } from '@remix-run/react'
import { Icon, Popup, useText } from '@gonglian/ui'
import type { FrameData } from '../../../server/door.ts'
import { Waiting } from './navigation.tsx'

/** Me: who I am here, password, sign out here or everywhere. */
export function AccountMenu(props: { readonly person: FrameData['person']; readonly unread: number }) {
  const { person, unread } = props
  const text = useText()
  // What is seen on the button is in its name: whoever speaks to the page says what they see.
  const waiting = unread === 0 ? '' : ` ${text('digests.unread', { count: unread })}`
  return (
    <Popup
      align="right"
      className="frame-account"
      label={`${text('frame.account')}: ${person.name}${waiting}`}
      button={
        <>
          <Icon name="person" />
          <span className="frame-account-name gl-cut">{person.name}</span>
          <Waiting count={unread} text="digests.unread" />
        </>
      }
    >
      {(close) => (
        <div className="gl-menu">
          <p className="frame-account-roles">
            <strong>{person.name}</strong>
            <span>{person.username}</span>
            <span>{person.roles.map((role) => text(`bodies.role.${role}`)).join(' · ')}</span>
          </p>
          <hr />
          <Link to="/me#messages" onClick={close}>
            {text('digests.title')}
          </Link>
          <Link to="/me" onClick={close}>
            {text('frame.changePassword')}
          </Link>
          <Form method="post" action="/sign-out" reloadDocument>
            <button type="submit">{text('frame.signOut')}</button>
            <button type="submit" name="everywhere" value="1">
              {text('frame.signOutEverywhere')}
            </button>
          </Form>
        </div>
      )}
    </Popup>
  )
}
