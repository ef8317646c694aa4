const own = 'http://own.invalid'

/**
 * A path of ours with its query, as a browser would go to it; the desk for anything else: another host, another scheme, or a path that
 * turns into a host when it is read once more (`/.//host`).
 */
export function readOwnPath(text: string | null): string {
  if (text === null || !text.startsWith('/') || !URL.canParse(text, own)) return '/'
  const { origin, pathname, search } = new URL(text, own)
  const path = `${pathname}${search}`
  const again = URL.canParse(path, own) ? new URL(path, own) : null
  return origin === own && again?.origin === own && again.pathname === pathname ? path : '/'
}
