import { lookup as lookUp } from 'node:dns'
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Undelivered } from './undelivered.ts'

const answerMs = 10_000
const largestAnswer = 65_536

/** Where no message goes unless the operator allows the host: this machine, private networks, link-local and reserved addresses. */
const closed = new BlockList()
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 9],
  ['ff00::', 8],
] as const)
  closed.addSubnet(network, bits, 'ipv6')

/** Whether an address lies in a network that is not the public one. IPv4 inside IPv6 is judged as IPv4. */
export function isClosedAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped !== undefined) return isClosedAddress(mapped)
  const family = isIP(address)
  return family === 0 || closed.check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** `host` or `host:port`, as the operator allows it: over plain HTTP and in a private network too. */
export type AllowedHosts = readonly string[]

/**
 * Why no message may go to an address, as a key of the catalogue; null: it may. A name is looked at again when it is resolved (`postJson`): it may
 * point elsewhere by then.
 */
export function findAddressFault(address: string, allowed: AllowedHosts): string | null {
  if (!URL.canParse(address)) return 'tasks.channel.url'
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') return 'tasks.channel.url'
  if (isAllowed(url, allowed)) return url.protocol === 'https:' || url.protocol === 'http:' ? null : 'tasks.channel.url'
  if (url.protocol !== 'https:') return 'tasks.channel.https'
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) !== 0 && isClosedAddress(host) ? 'tasks.channel.private' : null
}

function isAllowed({ hostname, host }: URL, allowed: AllowedHosts): boolean {
  return allowed.includes(hostname) || allowed.includes(host)
}

/** Resolves a name for the connection itself, and refuses where it leads into a private network: no second look-up can say otherwise. */
const lookUpPublic: LookupFunction = (hostname, options, callback) => {
  lookUp(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '', 0)
    const [first] = addresses
    if (first === undefined || addresses.some(({ address }) => isClosedAddress(address)))
      return callback(new Undelivered('tasks.channel.private', 'never'), '', 0)
    if (options.all === true) return callback(null, addresses)
    return callback(null, first.address, first.family)
  })
}

/**
 * Posts JSON to an outside address and gives what it answers. Redirects are not followed, the answer has a bound in time and size.
 *
 * @throws Undelivered
 */
export async function postJson(address: string, body: unknown, allowed: AllowedHosts): Promise<unknown> {
  const fault = findAddressFault(address, allowed)
  if (fault !== null) throw new Undelivered(fault, 'never')
  const url = new URL(address)
  const text = JSON.stringify(body)
  const options: RequestOptions = {
    method: 'POST',
    timeout: answerMs,
    headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) },
    ...(isAllowed(url, allowed) ? {} : { lookup: lookUpPublic }),
  }
  const answer = await new Promise<string>((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, (response) => {
      readAnswer(response).then(resolve, reject)
    })
    let isWritten = false
    request.on('finish', () => (isWritten = true))
    request.setTimeout(answerMs, () => request.destroy(new Error('no answer')))
    request.on('error', (error) => {
      if (error instanceof Undelivered) return reject(error)
      // Written and not answered: it may have arrived, so it is not sent again.
      reject(
        isWritten ? new Undelivered('tasks.problem.unknown', 'never') : new Undelivered('tasks.problem.away', 'again'),
      )
    })
    request.end(text)
  })
  try {
    return JSON.parse(answer)
  } catch {
    throw new Undelivered('tasks.problem.answer', 'never')
  }
}

async function readAnswer(response: IncomingMessage): Promise<string> {
  const status = response.statusCode ?? 0
  const parts: Buffer[] = []
  let size = 0
  for await (const part of response) {
    const bytes = Buffer.isBuffer(part) ? part : Buffer.from(String(part))
    size += bytes.length
    if (size > largestAnswer) {
      response.destroy()
      throw new Undelivered('tasks.problem.answer', 'never')
    }
    parts.push(bytes)
  }
  if (status >= 500 || status === 429) throw new Undelivered('tasks.problem.away', 'again')
  if (status < 200 || status >= 300) throw new Undelivered('tasks.problem.refused', 'never')
  return Buffer.concat(parts).toString('utf8')
}
