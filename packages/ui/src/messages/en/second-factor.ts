import type { secondFactor as source } from '../zh-CN/second-factor.ts'

/** Signing in with a second factor, the proof that is asked for again, first passwords and resets. */
export const secondFactor = {
  'errors.proofNeeded': 'Please confirm your identity again for this',
  'errors.mustEnrol': 'Please set up your second factor first',
  'errors.codeNeeded': 'Please enter the code of your authenticator app',
  'errors.codeWrong': 'The code is not correct',
  'errors.wrongCode': 'The code is not correct. You have {attemptsLeft} {attemptsLeft|attempt|attempts} left',
  'errors.ticketExpired': 'The sign-in took too long. Please enter your user name and password again',
  'errors.factorMissing': 'You have not set up a second factor yet',
  'errors.passwordUsed': 'You have used this password before; the last {count} are not taken again',
  'errors.requestNotFound': 'There is no request to agree to, or it has expired',
  'errors.ownRequest': 'You cannot agree to your own request',
  'errors.leaderNotProposed': 'The system administrator has to propose the account for the role of a leader first',
  'errors.linkVoid':
    'The link is void: it was used, has expired, or was replaced by a newer request. Please ask your system administrator',
  'errors.linkCodeWrong': 'The code is not correct. {attemptsLeft} {attemptsLeft|attempt|attempts} left',
  'signIn.code.title': 'Second factor',
  'signIn.code': 'Code or recovery code',
  'signIn.code.hint':
    'Enter the 6 digits your authenticator app shows. Without your phone, use one of your recovery codes.',
  'signIn.code.back': 'Sign in with another account',
  'proof.title': 'Confirm that it is you',
  'proof.text':
    'Signing, awarding, opening or exporting personal data, changing parameters and granting roles need a confirmation. You will not be asked again for 10 minutes.',
  'proof.password': 'Your password',
  'proof.code': 'Code or recovery code',
  'proof.submit': 'Confirm',
  'factor.title': 'Second factor',
  'factor.none':
    'Not set up. Once it is, signing in asks for the 6 digits of your authenticator app besides your password.',
  'factor.since': 'Set up on {time}; {count} recovery {count|code|codes} left.',
  'factor.begin': 'Set up a second factor',
  'factor.replace': 'Change phone',
  'factor.renew': 'New recovery codes',
  'factor.scan': 'Scan the code with your authenticator app or type in the key, then enter the 6 digits it shows.',
  'factor.picture': 'QR code of the second factor',
  'factor.key': 'Key:',
  'factor.code': 'Digits shown by the app',
  'factor.confirm': 'Confirm',
  'factor.codes':
    'These recovery codes are shown only now, and each works once. Write them down or print them, and keep them safe: with them you can sign in if your phone is lost.',
  'notices.title': 'Account security notices',
  'notices.leaderGranted': '{time}: {actors} granted {username} the role of a leader.',
  'notices.leaderReset': '{time}: {actors} reset the credentials of the leader account {username}.',
  'notices.passwordReset': '{time}: {actors} agreed to a password reset of the account {username}.',
  'notices.factorReset': '{time}: {actors} removed the second factor of the account {username}.',
  'notices.and': ' and ',
  'notices.ask':
    'If you did not ask for this or do not know of it, tell your audit administrator and the superior union at once.',
  'notices.seen': 'I have read this',
  'welcome.title': 'Set your password',
  'welcome.text': 'Set a password of your own for the account {username}. This link works once.',
  'welcome.code': 'The code from your system administrator',
  'welcome.rules':
    'At least {count} characters of three kinds: capitals, small letters, digits, signs. No names, bodies, places, years or keyboard runs.',
  'welcome.done': 'Your password is set. Please sign in',
  'accounts.reset.text':
    'Request a password reset for {name} ({username}). The present password works until the security administrator agrees; the person is told.',
  'accounts.resetFactor': 'Request removal of the second factor',
  'accounts.resetFactor.text':
    'Has {name} ({username}) lost the phone and the recovery codes? When the security administrator agrees, the second factor is removed and has to be set up again at the next sign-in.',
  'accounts.proposeLeader': 'Propose as leader',
  'accounts.proposeLeader.text':
    'Propose {name} ({username}) for the role of a leader, which the security administrator then grants. The leaders of your body and the superior union are told.',
  'accounts.proposedLeader': 'Proposed as leader; the security administrator has to grant the role',
  'accounts.agree': 'Agree to the request',
  'accounts.agree.text':
    'Agree to the password request of {by} for {name} ({username})? The link is shown once: hand it to the person in a sealed envelope.',
  'accounts.agree.factor': 'Agree to the request of {by} and remove the second factor of {name} ({username})?',
  'accounts.request.password': '{by} requested a password; the security administrator has to agree',
  'accounts.request.factor': '{by} requested removal of the second factor; the security administrator has to agree',
  'accounts.factor.yes': 'Set up',
  'accounts.factor.no': 'Not set up',
  'accounts.create.asLeader': 'Propose for the role of a leader',
  'accounts.done.request': 'Requested for {username}; the security administrator has to agree',
  'accounts.done.agree': 'You agreed to the request for {username}',
  'accounts.done.factor': 'The second factor of {username} is removed',
  'accounts.done.proposeLeader': '{username} is proposed as leader',
  'accounts.slip.code': 'Code for {username}',
  'accounts.slip.code.text':
    'The code is shown only now. Hand it to the person, who sets a password with it and the link from the security administrator.',
  'accounts.slip.link': 'One-time link for {username}',
  'accounts.slip.link.text':
    'The link is shown only now, works once and for 24 hours. Hand it to the person in a sealed envelope and do not open it.',
  'accounts.slip.copy': 'Copy',
  'accounts.slip.copied': 'Copied',
  'accounts.slip.next': 'No administrator alone can set the password of somebody else.',
  'accounts.slip.close': 'I have handed it over, close',
  'signInRule.text':
    'Signing in: a second factor for {roles}; {days}; at most {sessions} {sessions|session|sessions} of an account at a time.',
  'signInRule.administrators': 'the three administrators',
  'signInRule.days': 'a new password within {count} {count|day|days}',
  'signInRule.noEnd': 'passwords have no end',
  'signInRule.set': 'Set the sign-in rule',
  'signInRule.about':
    'Holds for your body and for those below that have none of their own. The three administrators always need a second factor.',
  'signInRule.validFrom': 'From',
  'signInRule.factorRoles': 'Further roles that need a second factor',
  'signInRule.passwordDays': 'Days until a password must change (empty: never)',
  'signInRule.sessions': 'Sessions at a time',
  'signInRule.source': 'Source',
} as const satisfies Record<keyof typeof source, string>
