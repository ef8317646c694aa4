import { connect, createServer, type Socket } from 'node:net'

export type Line = {
  /** The address that was given, by way of the line. */
  readonly url: string
  /** Lets nothing through, in either direction: the other side seems to be there and is silent. */
  hold(): void
  /** Lets everything through again, what was held first. */
  pass(): void
  /** Cuts every connection and refuses new ones until the next `mend`. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

/** A line to a server of this machine that a test can hold and cut, as a network or a stopped server does. */
export async function layLine(url: string): Promise<Line> {
  const target = new URL(url)
  const open = new Set<Socket>()
  let held = false
  let isCut = false
  const server = createServer((near) => {
    if (isCut) return void near.destroy()
    const far = connect(Number(target.port), target.hostname)
    const end = () => {
      near.destroy()
      far.destroy()
      open.delete(near)
      open.delete(far)
    }
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] satisfies [Socket, Socket][]) {
      open.add(from)
      from.on('data', (data) => to.write(data))
      from.on('close', end)
      from.on('error', end)
      if (held) from.pause()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const own = new URL(url)
  own.hostname = '127.0.0.1'
  own.port = address === null || typeof address === 'string' ? '' : String(address.port)
  const cutAll = () => open.forEach((socket) => socket.destroy())
  return {
    url: own.href,
    hold: () => {
      held = true
      open.forEach((socket) => socket.pause())
    },
    pass: () => {
      held = false
      open.forEach((socket) => socket.resume())
    },
    cut: () => {
      isCut = true
      cutAll()
    },
    mend: () => {
      isCut = false
    },
    close: () => {
      cutAll()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}
