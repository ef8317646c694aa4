import type { signIn as source } from '../zh-CN/sign-in.ts'

export const signIn = {
  'signIn.title': 'Sign in',
  'signIn.username': 'User name',
  'signIn.password': 'Password',
  'signIn.password.show': 'Show password',
  'signIn.password.hide': 'Hide password',
  'signIn.submit': 'Sign in',
  'signIn.submitting': 'Signing in',
  'signIn.username.missing': 'Please enter your user name',
  'signIn.password.missing': 'Please enter your password',
  'signIn.wrong': 'The user name or password is wrong',
  'signIn.wrongLeft':
    'The user name or password is wrong. The account will be locked after {count} more {count|attempt|attempts}',
  'signIn.locked':
    'Too many wrong attempts: the account is locked. Try again in {wait}, or ask your system administrator',
  'signIn.tooMany': 'Too many attempts. Try again in {wait}',
  'signIn.expired': 'Your session has expired. Sign in again and you will return to where you were',
  'signIn.signedOut': 'You are signed out',
  'signIn.crossSite': 'The request came from another site and was refused. Please sign in on this page',
  'signIn.demo.title': 'Demonstration accounts',
  'signIn.demo.text': 'One click signs you in; all share one password. All figures are invented.',
  'signIn.demo.as': 'Sign in to {body} as {role}',
  'signIn.wait.seconds': '{count} {count|second|seconds}',
  'signIn.wait.minutes': '{count} {count|minute|minutes}',
  'signIn.about': 'Targets cascade down, reports go up, figures roll up by themselves, progress is seen as it happens.',
} as const satisfies Record<keyof typeof source, string>
