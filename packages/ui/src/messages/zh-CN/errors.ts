/** Answers to refused requests. Domain packages name these keys in their DomainErrors. */
export const errors = {
  'errors.unknown': '操作没有成功，请稍后再试',
  'errors.unauthenticated': '请先登录',
  'errors.forbidden': '您没有这项操作的权限',
  'errors.notFound': '没有找到，或不在您的权限范围内',
  'errors.conflict': '内容已被他人修改，请刷新后再试',
  'errors.invalid': '填写有误，请检查标出的内容',
  'errors.rateLimited': '操作过于频繁，请稍后再试',
  'errors.crossSite': '请求来自其他网站，已拒绝',
} as const
