/** Signing in with a second factor, the proof that is asked for again, first passwords and resets. */
export const secondFactor = {
  'errors.proofNeeded': 'Please confirm your identity again for this',
  'errors.mustEnrol': 'Please set up your second factor first',
  'errors.codeNeeded': 'Please enter the code of your authenticator app',
  'errors.codeWrong': 'The code is not correct',
  'errors.wrongCode': 'The code is not correct. You have {attemptsLeft} attempts left',
  'errors.ticketExpired': 'The sign-in took too long. Please enter your user name and password again',
  'errors.factorMissing': 'You have not set up a second factor yet',
} as const
