import {
  appRouter,
  createCaller,
  createContext,
  describeError,
  openGuesses,
  type Caller,
  type Fault,
  type Refusal,
} from '@gonglian/api'
import { signIn, signOut, signOutEverywhere, validateSession } from '@gonglian/auth'
import { appDatabaseUrl, createDatabase } from '@gonglian/db'
import { openQueue } from '@gonglian/jobs'
import { streamExportLines } from '@gonglian/organisation/export-files'
import { listenLive } from '@gonglian/rollup/live'
import {
  DomainError,
  keepBelow,
  listSuperiors,
  mayDo,
  openVault,
  withTenant,
  type Deps,
  type Permission,
} from '@gonglian/tenancy'
import type { Locale } from '@gonglian/ui/messages'
import { registerMessages, translateUnknown } from '@gonglian/ui/messages'
import { messages as english } from '@gonglian/ui/messages/en'
import { messages as chinese } from '@gonglian/ui/messages/zh-CN'
import type { Env } from '../env.ts'
import { readCookie } from './cookies.ts'
import { demonstrationAccounts, demonstrationPassword } from './demonstration.ts'
import type { Area, Door, PasswordAnswer, SignInAnswer, Visitor } from './door.ts'
import type { Readiness } from './health.ts'
import type { LiveEvent, Subscribe } from './live.ts'
import type { Log } from './log.ts'

// The pages' build has its catalogues in itself; refusals over /trpc are worded here.
registerMessages('zh-CN', chinese)
registerMessages('en', english)

const areas: readonly (readonly [Area, readonly Permission[]])[] = [
  ['desk', ['federation:read']],
  ['targets', ['target:read']],
  ['reports', ['report:read']],
  ['progress', ['progress:read']],
  ['bodies', ['federation:read']],
  ['organisation', ['organisation:read']],
  ['system', ['account:read', 'audit:read', 'queue:read', 'indicator:read', 'parameter:read']],
]

type Asked = {
  readonly requestId: string
  readonly locale: Locale
  readonly address?: string
  /** How many calls of the API came in this request; default one. */
  readonly callCount?: number
}

export type House = {
  readonly door: Door
  readonly subscribe: Subscribe
  readonly readReadiness: () => Promise<Readiness>
  /** The API as one visitor may use it; nobody gets the public part. */
  readonly openApi: (visitor: Visitor | null, request: Asked) => Caller
  /** What a reader is told about an error. */
  readonly describe: (error: unknown, request: { readonly requestId: string; readonly locale: Locale }) => Refusal
  readonly router: typeof appRouter
  readonly contextFor: (visitor: Visitor | null, request: Asked) => ReturnType<typeof createContext>
  readonly close: () => Promise<void>
}

/** Opens what the web process holds for its whole life: pool, queue, live line; and what its pages ask of it. */
export async function openHouse(env: Env, log: Log): Promise<House> {
  const appUrl = appDatabaseUrl(env.databaseUrl, env.secret)
  const { db, pool } = createDatabase(appUrl, 12)
  const queue = openQueue({ databaseUrl: appUrl, redisUrl: env.redisUrl ?? undefined })
  const deps: Deps = {
    db,
    queue,
    clock: () => new Date(),
    vault: openVault(env.secret),
    onLostEffect: (error) => log.warn('a wake-up was not sent', { error: String(error) }),
  }
  const onFault = ({ requestId, path, error }: Fault) =>
    log.error('fault', { requestId, path, error: error instanceof Error ? error.stack : String(error) })
  const guesses = openGuesses()
  const contextFor: House['contextFor'] = (visitor, request) =>
    createContext({
      deps,
      actor: visitor,
      translate: translateUnknown,
      locale: request.locale,
      requestId: request.requestId,
      address: request.address ?? '',
      callCount: request.callCount ?? 1,
      guesses,
      onFault,
    })
  const openApi: House['openApi'] = (visitor, request) => createCaller(contextFor(visitor, request))

  const listeners = new Set<{ visitor: Visitor; send: (event: LiveEvent) => void }>()
  const tell = async (event: { tenantId: number; formId: number; period: string }) => {
    // One question per listening body, not per open page: who may see the body hears of it.
    const bodies = new Map<number, boolean>()
    for (const { visitor, send } of listeners) {
      const known = bodies.get(visitor.tenantId) ?? (await sees(deps, visitor, event.tenantId))
      bodies.set(visitor.tenantId, known)
      if (known) send({ name: 'total', data: event })
    }
  }
  const live = await listenLive(
    appUrl,
    (event) =>
      void tell(event).catch((error: unknown) => log.warn('a live event was not told', { error: String(error) })),
    {
      onGap: () => listeners.forEach(({ send }) => send({ name: 'gap', data: null })),
    },
  )

  return {
    router: appRouter,
    contextFor,
    openApi,
    describe: (error, request) => describeError(error, { ...request, translate: translateUnknown }),
    door: createDoor(deps, env, openApi),
    subscribe: (visitor, send) => {
      const listener = { visitor, send }
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    readReadiness: async () => {
      const check = (work: Promise<unknown>) =>
        work.then(
          () => ({ ok: true }),
          (error: unknown) => ({ ok: false, detail: error instanceof Error ? error.name : 'error' }),
        )
      const [database, jobs, worker] = await Promise.all([
        check(pool.query('select 1')),
        check(queue.ping()),
        check(requireWorker(deps)),
      ])
      return { database, queue: jobs, worker }
    },
    close: async () => {
      await live.close()
      await queue.close()
      await pool.end()
    },
  }
}

async function requireWorker(deps: Deps): Promise<void> {
  if ((await deps.queue.countWorkers()) === 0) throw new Error('no worker')
}

/** Whether a body lies in the visitor's sight: its own or below, for business roles only. */
function sees(deps: Deps, visitor: Visitor, tenantId: number): Promise<boolean> {
  if (!mayDo(visitor.roles, 'rollup:read')) return Promise.resolve(false)
  return withTenant(deps, visitor, async (ctx) => {
    return tenantId === ctx.tenantId || (await keepBelow(ctx, [tenantId])).has(tenantId)
  })
}

const sessionCookie = 'session'

function createDoor(deps: Deps, env: Env, openApi: House['openApi']): Door {
  const write = (value: string, maxAge: number) =>
    `${sessionCookie}=${encodeURIComponent(value)}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}`
  const asOf = (requestId: string) => ({ requestId, locale: 'zh-CN' as const })
  return {
    readVisitor: async (cookie, request) => {
      const id = readCookie(cookie, sessionCookie)
      return id === null ? null : validateSession(deps, id, request)
    },
    signIn: async (input): Promise<SignInAnswer> => {
      try {
        const { sessionId } = await signIn(deps, input)
        return { ok: true, cookie: write(sessionId, 12 * 3600) }
      } catch (error) {
        if (!(error instanceof DomainError)) throw error
        const { key, params } = error
        if (error.code === 'too_many') {
          return {
            ok: false,
            reason: key === 'errors.accountLocked' ? 'locked' : 'tooMany',
            seconds: Number(params['seconds'] ?? 0),
          }
        }
        if (key === 'errors.accountNotEffective') return { ok: false, reason: 'notEffective' }
        return params['attemptsLeft'] === undefined
          ? { ok: false, reason: 'wrong' }
          : { ok: false, reason: 'wrong', attemptsLeft: Number(params['attemptsLeft']) }
      }
    },
    signOut: async (cookie, everywhere, request) => {
      const id = readCookie(cookie, sessionCookie)
      if (id !== null) {
        const visitor = everywhere ? await validateSession(deps, id, request) : null
        if (visitor) await withTenant(deps, visitor, signOutEverywhere)
        else await signOut(deps, id, request)
      }
      return write('', 0)
    },
    listDemonstrationAccounts: () => Promise.resolve(env.demonstration ? demonstrationAccounts : []),
    readDemonstrationPassword: () => (env.demonstration ? demonstrationPassword : null),
    changePassword: async (visitor, { current, next }): Promise<PasswordAnswer> => {
      try {
        await openApi(visitor, asOf(visitor.requestId)).session.changePassword({ current, password: next })
        return { ok: true }
      } catch (error) {
        const cause = error instanceof Error && error.cause instanceof DomainError ? error.cause : error
        if (!(cause instanceof DomainError)) throw error
        const [field] = cause.fields
        return {
          ok: false,
          field: field?.path === 'current' ? 'current' : 'next',
          key: field?.key ?? cause.key,
          params: field?.params ?? cause.params,
        }
      }
    },
    openExport: (visitor, exportId) => streamExportLines(deps, visitor, exportId),
    readFrame: async (visitor) => {
      // Stands on every page, so it is one reading. Whoever still has a first password may read nothing yet.
      const line = visitor.mustChangePassword
        ? []
        : await withTenant(deps, visitor, (ctx) => listSuperiors(ctx, ctx.tenantId))
      const names = line.map(({ code, name, level }) => ({ code, name, level }))
      return {
        person: { name: visitor.displayName, username: visitor.username, roles: visitor.roles },
        body: names.at(-1) ?? { code: '', name: '', level: 'township' },
        superiors: names.slice(0, -1),
        areas: areas.flatMap(([area, wanted]) =>
          wanted.some((permission) => mayDo(visitor.roles, permission)) ? [area] : [],
        ),
        mustChangePassword: visitor.mustChangePassword,
      }
    },
  }
}
