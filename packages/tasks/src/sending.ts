import { systemActor, withTenant, type Deps, type Locale, type MessageParams } from '@gonglian/tenancy'
import { findMailAddress } from './addresses.ts'
import { openChannel } from './channels.ts'
import type { Send } from './deliveries.ts'
import { parseKinds, type KindCount } from './digests.ts'
import type { Mailer } from './mail.ts'
import type { AllowedHosts } from './outbound.ts'
import { postRobot, type Message } from './robots.ts'
import { Undelivered } from './undelivered.ts'

export type Wording = (locale: Locale, key: string, params?: MessageParams) => string

/** How messages leave: the operator's settings, read from the environment. */
export type Outside = {
  readonly mailer: Mailer | null
  /** Private hosts that robots may have, and plain HTTP. */
  readonly allowed: AllowedHosts
  /** Where the product is opened; null: messages have no link. */
  readonly address: string | null
  readonly word: Wording
}

/** What the message says: how many wait, by kind. No names: mail and chats lie outside. */
function writeMessage(word: Wording, locale: Locale, kinds: readonly KindCount[]): Message {
  const total = kinds.reduce((sum, kind) => sum + kind.total, 0)
  const overdue = kinds.reduce((sum, kind) => sum + kind.overdue, 0)
  return {
    subject: word(locale, overdue === 0 ? 'tasks.digest.subject' : 'tasks.digest.subjectOverdue', { total, overdue }),
    lines: kinds.map((kind) =>
      word(locale, kind.overdue === 0 ? 'tasks.digest.line' : 'tasks.digest.lineOverdue', {
        kind: word(locale, `tasks.${kind.key}`),
        total: kind.total,
        overdue: kind.overdue,
      }),
    ),
    link: word(locale, 'tasks.digest.open'),
  }
}

/** A body has several people: of each kind what the one with most has, so that nothing is counted for each of them. */
function joinKinds(digests: readonly (readonly KindCount[])[]): KindCount[] {
  const joined = new Map<string, KindCount>()
  for (const kind of digests.flat()) {
    const before = joined.get(kind.key)
    joined.set(kind.key, {
      key: kind.key,
      total: Math.max(before?.total ?? 0, kind.total),
      overdue: Math.max(before?.overdue ?? 0, kind.overdue),
    })
  }
  return [...joined.values()]
}

/** Puts a message together from the day's counts and hands it to mail or robot. */
export function createSend(deps: Deps, root: number, outside: Outside): Send {
  const actor = systemActor('digests', root)
  return async ({ tenant_id: tenantId, day, channel, locale, account_id: accountId }) => {
    if (channel === 'email') {
      const { mailer } = outside
      if (mailer === null) throw new Undelivered('tasks.problem.noMail', 'never')
      const { to, kinds } = await withTenant(deps, actor, async (ctx) => {
        const digest = await ctx.db
          .selectFrom('tasks.digest')
          .select('kinds')
          .where('account_id', '=', accountId ?? 0)
          .where('day', '=', day)
          .executeTakeFirst()
        return {
          to: accountId === null ? null : await findMailAddress(ctx, accountId),
          kinds: parseKinds(digest?.kinds ?? []),
        }
      })
      if (to === null) throw new Undelivered('tasks.problem.noAddress', 'never')
      return mailer.send(to, writeMessage(outside.word, locale, kinds), outside.address)
    }
    const { robot, kinds, now } = await withTenant(deps, actor, async (ctx) => {
      const digests = await ctx.db
        .selectFrom('tasks.digest')
        .select('kinds')
        .where('tenant_id', '=', tenantId)
        .where('day', '=', day)
        .execute()
      return {
        robot: await openChannel(ctx, tenantId, channel),
        kinds: joinKinds(digests.map((digest) => parseKinds(digest.kinds))),
        now: ctx.now,
      }
    })
    if (robot === null) throw new Undelivered('tasks.problem.noAddress', 'never')
    return postRobot(robot, writeMessage(outside.word, 'zh-CN', kinds), {
      now,
      address: outside.address,
      allowed: outside.allowed,
    })
  }
}
