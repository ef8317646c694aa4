import { createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { systemActor, withTenant, type TenantContext, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, listActs, openTestDeps } from '@gonglian/tenancy/testing'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { setMailAddress, readMailAddress, SetMailAddress } from './addresses.ts'
import { dropChannel, listChannels, setChannel, SetChannel } from './channels.ts'
import { listDeliveries, ListDeliveries } from './deliveries.ts'
import { runDigests, openMailer, type DigestSettings } from './jobs.ts'
import { defineTask } from './task.ts'
import { aPerson } from './testing.ts'

const { deps, close, setNow } = await openTestDeps()
const tree = await aSmallTree(deps)
const root = idOf(tree, '00')
const county = idOf(tree, '513221')
const officer = await aPerson(deps, county, 'mail-officer', { locale: 'en' })
const colleague = await aPerson(deps, county, 'mail-colleague')
const administrator: UserActor = aUser(county, 'sysadmin')

/** What the mail server got, and what it says to the next messages. */
const mails: { to: string[]; text: string }[] = []
let refusals: { responseCode: number }[] = []
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  logger: false,
  onRcptTo(_address, _session, callback) {
    const refusal = refusals.shift()
    callback(refusal === undefined ? null : Object.assign(new Error('not now'), refusal))
  },
  onData(stream, session, callback) {
    const parts: Buffer[] = []
    stream.on('data', (part: Buffer) => parts.push(part))
    stream.on('end', () => {
      mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text: Buffer.concat(parts).toString() })
      callback(null)
    })
  },
})

/** What the robots' server got, and what it answers next. */
const posts: { url: string; body: unknown }[] = []
let answers: { status: number; body: string; location?: string }[] = []
const robots: Server = createServer((request, response) => {
  void readBody(request).then((body) => {
    posts.push({ url: request.url ?? '', body: JSON.parse(body) })
    const { status, body: text, location } = answers.shift() ?? { status: 200, body: '{"errcode":0,"errmsg":"ok"}' }
    response.writeHead(status, location === undefined ? {} : { location }).end(text)
  })
})
async function readBody(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += String(part)
  return text
}
const portOf = (server: { address(): AddressInfo | string | null }) => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

let settings: DigestSettings
let host = ''
beforeAll(async () => {
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  await new Promise<void>((resolve) => robots.listen(0, '127.0.0.1', resolve))
  host = `127.0.0.1:${portOf(robots)}`
  settings = {
    tasks: [
      defineTask({
        key: 'test.work',
        step: 'handle',
        permission: 'report:fill',
        list: () =>
          Promise.resolve({
            total: 3,
            rows: [{ id: '1', title: { zh: '保密工会', en: 'Secret union' }, since: null, due: '2026-01-01', to: '/' }],
          }),
      }),
    ],
    listPeople: (_deps, _root, { after }) =>
      Promise.resolve([officer, colleague].filter(({ accountId }) => accountId > after)),
    listRoots: () => Promise.resolve([root]),
    from: '08:00',
    mailer: openMailer({ url: `smtp://127.0.0.1:${portOf(smtp.server)}`, from: 'gonglian@example.org' }),
    allowed: [host],
    address: 'https://gonglian.example.org/',
    word: (locale, key, params) => `${locale} ${key} ${JSON.stringify(params ?? {})}`,
  }
})
afterAll(async () => {
  settings.mailer?.close()
  await new Promise<void>((resolve) => smtp.close(resolve))
  await new Promise((resolve) => robots.close(resolve))
  await close()
})
let day = 0
beforeEach(() => {
  mails.length = 0
  posts.length = 0
  refusals = []
  answers = []
  // Each test has a day of its own.
  setNow(`2026-11-${String(++day).padStart(2, '0')}T08:30:00+08:00`)
})
const at = (time: string) => setNow(`2026-11-${String(day).padStart(2, '0')}T${time}:00+08:00`)
const as = <T>(actor: UserActor, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
const sent = async () => (await as(administrator, (ctx) => listDeliveries(ctx, ListDeliveries.parse({})))).rows
const setRobot = (kind: 'wecom' | 'dingtalk', secret = '', version = 0) =>
  as(administrator, (ctx) =>
    setChannel(
      ctx,
      SetChannel.parse({ kind, version, url: `http://${host}/cgi-bin/webhook/send?key=hidden-${kind}`, secret }),
      [host],
    ),
  )

test('who gave an address gets one mail a day, in the own language, with counts and without names', async () => {
  await as(officer, (ctx) => setMailAddress(ctx, SetMailAddress.parse({ email: 'officer@example.org' })))
  expect(await as(officer, readMailAddress)).toEqual({ email: 'officer@example.org' })
  await runDigests(deps, settings)
  await runDigests(deps, settings)
  expect(mails).toHaveLength(1)
  expect(mails[0]?.to).toEqual(['officer@example.org'])
  const text = decode(mails[0]?.text ?? '')
  expect(text).toContain('en tasks.digest.lineOverdue')
  expect(text).toContain('"total":3,"overdue":1')
  expect(text).toContain('https://gonglian.example.org/')
  expect(text).not.toContain('Secret')
  expect(await sent()).toMatchObject([{ channel: 'email', state: 'sent', attempts: 1, problem: '' }])
})
/** The text of a mail, whatever its encoding. */
function decode(mail: string): string {
  const body = mail.slice(mail.indexOf('\r\n\r\n') + 4)
  return /base64/i.test(mail)
    ? Buffer.from(body, 'base64').toString()
    : body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
}

test('a server that is busy is asked again, with a bound; one that refuses is not', async () => {
  refusals = [{ responseCode: 451 }, { responseCode: 451 }]
  await runDigests(deps, settings)
  expect(await sent()).toMatchObject([{ state: 'waiting', attempts: 1, problem: 'tasks.problem.refused' }, {}])
  // Five minutes are not over.
  at('08:34')
  await runDigests(deps, settings)
  expect((await sent())[0]).toMatchObject({ attempts: 1 })
  at('08:36')
  await runDigests(deps, settings)
  expect((await sent())[0]).toMatchObject({ state: 'waiting', attempts: 2 })
  at('08:52')
  await runDigests(deps, settings)
  expect((await sent())[0]).toMatchObject({ state: 'sent', attempts: 3 })
  expect(mails).toHaveLength(1)
})

test('after the last try a mail has failed for the administrator to see, without an address', async () => {
  refusals = Array.from({ length: 9 }, () => ({ responseCode: 451 }))
  for (const time of ['08:30', '09:00', '10:00', '12:00', '16:00', '20:00', '23:00']) {
    at(time)
    await runDigests(deps, settings)
  }
  const [last] = await sent()
  expect(last).toMatchObject({ state: 'failed', attempts: 5, problem: 'tasks.problem.refused' })
  expect(JSON.stringify(await sent())).not.toContain('example.org')
  expect(await as(administrator, (ctx) => listDeliveries(ctx, ListDeliveries.parse({})))).toMatchObject({ failed: 1 })
  setNow(`2026-11-${String(++day).padStart(2, '0')}T08:30:00+08:00`)
  refusals = [{ responseCode: 550 }]
  await runDigests(deps, settings)
  expect((await sent())[0]).toMatchObject({ state: 'failed', attempts: 1 })
  for (const stranger of [officer, aUser(county, 'leader'), aUser(county, 'secadmin')])
    await expect(as(stranger, (ctx) => listDeliveries(ctx, ListDeliveries.parse({})))).rejects.toMatchObject({
      code: 'forbidden',
    })
  const neighbour = aUser(idOf(tree, '513222'), 'sysadmin')
  expect((await as(neighbour, (ctx) => listDeliveries(ctx, ListDeliveries.parse({})))).total).toBe(0)
  await as(officer, (ctx) => setMailAddress(ctx, { email: null }))
})

test('a body’s robots get one message a day: WeCom as markdown, DingTalk with its signature', async () => {
  await setRobot('wecom')
  await setRobot('dingtalk', 'SEC0123456789')
  await runDigests(deps, settings)
  await runDigests(deps, settings)
  expect(posts).toHaveLength(2)
  const wecom = posts.find(({ url }) => url.includes('hidden-wecom'))
  expect(wecom?.body).toMatchObject({
    msgtype: 'markdown',
    markdown: { content: expect.stringContaining('"total":3') },
  })
  const dingtalk = posts.find(({ url }) => url.includes('hidden-dingtalk'))
  expect(dingtalk?.body).toMatchObject({ msgtype: 'markdown', markdown: { title: expect.any(String) } })
  const asked = new URL(dingtalk?.url ?? '', 'http://robot.example')
  const timestamp = asked.searchParams.get('timestamp') ?? ''
  expect(Number(timestamp)).toBe(deps.clock().getTime())
  expect(asked.searchParams.get('sign')).toBe(
    createHmac('sha256', 'SEC0123456789').update(`${timestamp}\nSEC0123456789`).digest('base64'),
  )
  // Two people of the body have the same three: the chat hears of three, and of nobody's name.
  expect(JSON.stringify(posts)).not.toContain('"total":6')
  expect(JSON.stringify(posts)).not.toContain('保密工会')
  expect((await sent()).slice(0, 2)).toMatchObject([{ state: 'sent' }, { state: 'sent' }])
})

test('what a robot answers decides: busy again, refused not, no redirect is followed, an unreadable answer is no success', async () => {
  answers = [
    { status: 200, body: '{"errcode":45009,"errmsg":"api freq out of limit"}' },
    { status: 200, body: '{"errcode":310000,"errmsg":"sign not match"}' },
  ]
  await runDigests(deps, settings)
  const states = async () =>
    (await sent())
      .slice(0, 2)
      .map(({ state }) => state)
      .toSorted()
  expect(await states()).toEqual(['failed', 'waiting'])
  answers = [{ status: 302, body: '{"errcode":0,"errmsg":"ok"}', location: `http://${host}/elsewhere` }]
  at('08:40')
  await runDigests(deps, settings)
  expect(await states()).toEqual(['failed', 'failed'])
  expect(posts.map(({ url }) => url)).not.toContain('/elsewhere')
  setNow(`2026-11-${String(++day).padStart(2, '0')}T08:30:00+08:00`)
  answers = [
    { status: 200, body: '<html>welcome</html>' },
    // It would be a success, were it not so long.
    { status: 200, body: JSON.stringify({ errcode: 0, errmsg: 'x'.repeat(100_000) }) },
  ]
  await runDigests(deps, settings)
  expect((await sent()).slice(0, 2)).toMatchObject([
    { state: 'failed', problem: 'tasks.problem.answer' },
    { state: 'failed', problem: 'tasks.problem.answer' },
  ])
})

test('a message under way when the worker died is not sent again, and is shown', async () => {
  const run = <T>(work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, systemActor('test', root), work)
  await run((ctx) =>
    ctx.db
      .insertInto('tasks.delivery')
      .values({ tenant_id: county, day: ctx.today, channel: 'wecom', state: 'sending', attempts: 1 })
      .execute(),
  )
  at('08:44')
  await runDigests(deps, settings)
  const ours = async () => (await sent()).filter(({ channel }) => channel === 'wecom')[0]
  expect(await ours()).toMatchObject({ state: 'sending' })
  at('08:46')
  await runDigests(deps, settings)
  expect(await ours()).toMatchObject({ state: 'failed', problem: 'tasks.problem.unknown' })
  expect(posts.filter(({ url }) => url.includes('wecom'))).toEqual([])
})

test('addresses of robots are sealed, shown to nobody and kept by the system administrator alone', async () => {
  const { rows } = await as(administrator, listChannels)
  expect(rows).toMatchObject([
    { kind: 'dingtalk', host, isSigned: true, version: 1 },
    { kind: 'wecom', host, isSigned: false },
  ])
  expect(JSON.stringify(rows)).not.toContain('hidden')
  const stored = await withTenant(deps, systemActor('test', root), async (ctx) => {
    const channels = await ctx.db.selectFrom('tasks.channel').selectAll().execute()
    const trail = await ctx.db.selectFrom('tenancy.audit').selectAll().where('object_kind', '=', 'channel').execute()
    return channels.map((row) => row.url_sealed.toString('latin1')).join() + JSON.stringify(trail)
  })
  expect(stored).toContain('channel.set')
  expect(stored).not.toMatch(/hidden|SEC0123456789/)
  for (const stranger of [officer, aUser(county, 'leader'), aUser(county, 'secadmin')])
    await expect(as(stranger, listChannels)).rejects.toMatchObject({ code: 'forbidden' })
  // Nor do the policies let others through where the code forgets to ask.
  const look = (ctx: TenantContext) => ctx.db.selectFrom('tasks.channel').select('kind').execute()
  expect(await as(officer, look)).toEqual([])
  expect(await as(aUser(idOf(tree, '5132'), 'sysadmin'), look)).toEqual([])
  await expect(
    as({ ...administrator, isProved: false }, (ctx) => dropChannel(ctx, { kind: 'wecom', version: 1 })),
  ).rejects.toMatchObject({
    key: 'errors.proofNeeded',
  })
  await expect(setRobot('wecom', '', 0)).rejects.toMatchObject({ code: 'conflict' })
  await as(administrator, (ctx) => dropChannel(ctx, { kind: 'wecom', version: 1 }))
  expect((await listActs(deps, { kind: 'channel', id: 'wecom' })).at(-1)).toBe('channel.drop')
  await runDigests(deps, settings)
  expect(posts.every(({ url }) => url.includes('dingtalk'))).toBe(true)
})
