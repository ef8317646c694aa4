/** Signing in with a second factor, the proof that is asked for again, first passwords and resets. */
export const secondFactor = {
  'errors.proofNeeded': '此操作需要再次验证身份',
  'errors.mustEnrol': '请先启用动态口令，再使用系统',
  'errors.codeNeeded': '请输入动态口令',
  'errors.codeWrong': '动态口令不正确',
  'errors.wrongCode': '动态口令不正确，还可以尝试 {attemptsLeft} 次',
  'errors.ticketExpired': '登录已超时，请重新输入用户名和密码',
  'errors.factorMissing': '尚未启用动态口令',
} as const
