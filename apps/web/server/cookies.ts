/** The value of one cookie in a Cookie header, or null. A value that can't be decoded counts as absent. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=')
    if (at < 0 || part.slice(0, at).trim() !== name) continue
    try {
      return decodeURIComponent(part.slice(at + 1).trim())
    } catch {
      return null
    }
  }
  return null
}

export const sessionCookie = 'session'

/**
 * The name of a cookie of ours as it is sent. Over https it has the prefix by which a browser takes it from this host alone, over https
 * alone and for the whole of it; nothing but that name is read there, so that a neighbouring host cannot plant one.
 */
export function nameCookie(name: string, isSecure: boolean): string {
  return isSecure ? `__Host-${name}` : name
}

/** The cookie as it is sent, for so many seconds; 0 forgets it. */
export function writeCookie(name: string, value: string, seconds: number, isSecure: boolean): string {
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${isSecure ? '; Secure' : ''}`
  return `${nameCookie(name, isSecure)}=${encodeURIComponent(value)}; ${attributes}`
}
