import {
  appRouter,
  createCaller,
  createContext,
  createReadiness,
  describeError,
  fileKinds,
  openGuesses,
  readinessBoundMs,
  type Caller,
  type Fault,
  type Readiness,
  type Refusal,
} from '@gonglian/api'
import {
  openLink,
  redeemOneTimeLink,
  signIn,
  signInWithCode,
  signOut,
  signOutEverywhere,
  validateSession,
  type Opened,
} from '@gonglian/auth'
import { createDatabase, refuseSystemLogin } from '@gonglian/db'
import { openFile, openFileKeeper, storeFile } from '@gonglian/files'
import { openQueue } from '@gonglian/jobs'
import { streamExportLines } from '@gonglian/organisation/export-files'
import { listenLive } from '@gonglian/rollup/live'
import {
  DomainError,
  keepBelow,
  keepKeysFresh,
  listSuperiors,
  mayDo,
  openVault,
  withTenant,
  type Deps,
} from '@gonglian/tenancy'
import '@gonglian/domains/permissions'
import type { Locale } from '@gonglian/ui/messages'
import { registerMessages, translateUnknown } from '@gonglian/ui/messages'
import { messages as english } from '@gonglian/domains/texts/en'
import { messages as chinese } from '@gonglian/domains/texts/zh-CN'
import { areaNames, areas } from '../app/areas.ts'
import type { Env } from '../env.ts'
import { nameCookie, readCookie, sessionCookie, writeCookie } from './cookies.ts'
import { demonstrationAccounts, demonstrationPassword } from './demonstration.ts'
import type { Door, PasswordAnswer, Visitor } from './door.ts'
import type { Files } from './files.ts'
import type { LiveEvent, Subscribe } from './live.ts'
import type { Log } from './log.ts'
import { answerSignIn, deviceOf, toPasswordAnswer } from './sign-in-answer.ts'

// The pages' build has its catalogues in itself; refusals over /trpc are worded here.
registerMessages('zh-CN', chinese)
registerMessages('en', english)

type Asked = {
  readonly requestId: string
  readonly locale: Locale
  readonly address?: string
  /** How many calls of the API came in this request; default one. */
  readonly callCount?: number
}

export type House = {
  /** The only clock of the process; its pages and its transactions read it. */
  readonly clock: Deps['clock']
  readonly door: Door
  readonly subscribe: Subscribe
  readonly readReadiness: () => Promise<Readiness>
  /** The API as one visitor may use it; nobody gets the public part. */
  readonly openApi: (visitor: Visitor | null, request: Asked) => Caller
  /** What a reader is told about an error. */
  readonly describe: (error: unknown, request: { readonly requestId: string; readonly locale: Locale }) => Refusal
  readonly router: typeof appRouter
  readonly files: Files
  readonly contextFor: (visitor: Visitor | null, request: Asked) => ReturnType<typeof createContext>
  readonly close: () => Promise<void>
}

/** A person waits no longer; what takes longer is the worker's. */
const usualStatementSeconds = 20

/**
 * Opens what the web process holds for its whole life: pool, queue, live line; and what its pages ask of it.
 *
 * @param statementSeconds the database ends what takes longer
 */
export async function openHouse(env: Env, log: Log, statementSeconds = usualStatementSeconds): Promise<House> {
  const appUrl = env.databaseUrl
  const { db, pool } = createDatabase(appUrl, 12, { statementSeconds })
  await refuseSystemLogin(db).catch(async (error: unknown) => {
    await pool.end()
    throw error
  })
  const queue = openQueue({ databaseUrl: appUrl, redisUrl: env.redisUrl ?? undefined })
  const deps: Deps = {
    db,
    queue,
    clock: () => new Date(),
    vault: openVault(env.secret),
    onLostEffect: (error) => log.warn('a wake-up was not sent', { error: String(error) }),
  }
  const stopKeys = await keepKeysFresh(deps, (error) =>
    log.warn('the data keys were not read', { error: String(error) }),
  )
  const apart = createDatabase(appUrl, 2, { boundMs: readinessBoundMs })
  const onFault = ({ requestId, path, error }: Fault) =>
    log.error('fault', { requestId, path, error: error instanceof Error ? error.stack : String(error) })
  const guesses = openGuesses()
  const keeper = openFileKeeper(env.files, fileKinds)
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
      webhookHosts: env.webhookHosts,
      onFault,
    })
  const openApi: House['openApi'] = (visitor, request) => createCaller(contextFor(visitor, request))

  const listeners = new Set<{ visitor: Visitor; send: (event: LiveEvent) => void }>()
  const tell = async (event: { tenantId: number; formId: number; period: string }) => {
    // One question per listening body, not per open page; whether a listener's roles may see totals is asked of each.
    const bodies = new Map<number, boolean>()
    for (const { visitor, send } of listeners) {
      if (!mayDo(visitor.roles, 'rollup:read')) continue
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
    files: {
      store: (visitor, sent) => storeFile(deps, keeper, visitor, sent),
      open: (visitor, fileId) => openFile(deps, keeper, visitor, fileId),
    },
    contextFor,
    clock: deps.clock,
    openApi,
    describe: (error, request) => describeError(error, { ...request, translate: translateUnknown }),
    door: createDoor(deps, env, openApi),
    subscribe: (visitor, send) => {
      const listener = { visitor, send }
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    readReadiness: createReadiness({ ...deps, db: apart.db }),
    close: async () => {
      stopKeys()
      await live.close()
      await apart.pool.end()
      await queue.close()
      await pool.end()
    },
  }
}

/** Whether a body lies in the visitor's sight: its own or below. */
function sees(deps: Deps, visitor: Visitor, tenantId: number): Promise<boolean> {
  return withTenant(deps, visitor, async (ctx) => {
    return tenantId === ctx.tenantId || (await keepBelow(ctx, [tenantId])).has(tenantId)
  })
}

function createDoor(deps: Deps, env: Env, openApi: House['openApi']): Door {
  // In production the proxy speaks https; elsewhere a request may.
  const isSecure = (request: { readonly secure: boolean }) => env.production || request.secure
  const enter = (trying: Promise<Opened>, ticket: string | null, request: { readonly secure: boolean }) =>
    answerSignIn(trying, ticket, (name, value, seconds) => writeCookie(name, value, seconds, isSecure(request)))
  const asOf = (requestId: string) => ({ requestId, locale: 'zh-CN' as const })
  return {
    readVisitor: async (cookie, request) => {
      const id = readCookie(cookie, nameCookie(sessionCookie, isSecure(request)))
      return id === null ? null : validateSession(deps, id, request)
    },
    signIn: ({ cookie, secure, ...input }) =>
      enter(signIn(deps, { ...input, ...deviceOf(cookie, isSecure({ secure })) }), null, { secure }),
    signInWithCode: ({ cookie, secure, ...input }) =>
      enter(signInWithCode(deps, { ...input, ...deviceOf(cookie, isSecure({ secure })) }), input.ticket, { secure }),
    openLink: async (token, request) => {
      try {
        return await openLink(deps, { token, ...request })
      } catch (error) {
        if (error instanceof DomainError) return null
        throw error
      }
    },
    redeemLink: async ({ token, code, next }, request): Promise<PasswordAnswer> => {
      try {
        await redeemOneTimeLink(deps, { token, code, password: next, ...request })
        return { ok: true }
      } catch (error) {
        return toPasswordAnswer(error)
      }
    },
    signOut: async (cookie, everywhere, request) => {
      const id = readCookie(cookie, nameCookie(sessionCookie, isSecure(request)))
      if (id !== null) {
        const visitor = everywhere ? await validateSession(deps, id, request) : null
        if (visitor) await withTenant(deps, visitor, signOutEverywhere)
        else await signOut(deps, id, request)
      }
      return writeCookie(sessionCookie, '', 0, isSecure(request))
    },
    listDemonstrationAccounts: () => Promise.resolve(env.demonstration ? demonstrationAccounts : []),
    readDemonstrationPassword: () => (env.demonstration ? demonstrationPassword : null),
    changePassword: async (visitor, { current, next }): Promise<PasswordAnswer> => {
      try {
        await openApi(visitor, asOf(visitor.requestId)).session.changePassword({ current, password: next })
        return { ok: true }
      } catch (error) {
        return toPasswordAnswer(error)
      }
    },
    openExport: (visitor, exportId) => streamExportLines(deps, visitor, exportId),
    readFrame: async (visitor) => {
      // Stands on every page, so it is one reading. Whoever still has a first password, or no second factor, may read nothing yet.
      const line =
        visitor.mustChangePassword || visitor.mustEnrol
          ? []
          : await withTenant(deps, visitor, (ctx) => listSuperiors(ctx, ctx.tenantId))
      const names = line.map(({ code, name, level }) => ({ code, name, level }))
      return {
        person: { name: visitor.displayName, username: visitor.username, roles: visitor.roles },
        body: names.at(-1) ?? { code: '', name: '', level: 'township' },
        superiors: names.slice(0, -1),
        areas: areaNames.filter((name) =>
          areas[name].permissions.some((permission) => mayDo(visitor.roles, permission)),
        ),
        mustChangePassword: visitor.mustChangePassword,
        mustEnrol: visitor.mustEnrol,
        hasFactor: visitor.hasFactor,
      }
    },
  }
}
