import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { postJson, type AllowedHosts } from './outbound.ts'
import { Undelivered } from './undelivered.ts'

export const robotKinds = ['wecom', 'dingtalk'] as const
export type RobotKind = (typeof robotKinds)[number]

export type Robot = { readonly kind: RobotKind; readonly url: string; readonly secret: string | null }
export type Message = { readonly subject: string; readonly lines: readonly string[]; readonly link: string | null }

const Answer = z.object({ errcode: z.int() })
/** Codes that say "too often" (45009, 130101) or "busy" (-1): later it may work. */
const busyCodes: readonly number[] = [-1, 45_009, 130_101]

/** Signs as DingTalk's robots ask it: HMAC-SHA256 over the time and the key, in the address. */
function signDingtalk(url: string, secret: string, now: Date): string {
  const timestamp = String(now.getTime())
  const sign = createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64')
  const signed = new URL(url)
  signed.searchParams.set('timestamp', timestamp)
  signed.searchParams.set('sign', sign)
  return signed.toString()
}

function writeMarkdown({ subject, lines, link }: Message, address: string | null): string {
  const list = lines.map((line) => `> ${line}`).join('\n\n')
  return [`**${subject}**`, list, link === null || address === null ? '' : `[${link}](${address})`]
    .filter(Boolean)
    .join('\n\n')
}

/**
 * Posts a message through a robot of a group chat.
 *
 * @throws Undelivered
 */
export async function postRobot(
  robot: Robot,
  message: Message,
  context: { now: Date; address: string | null; allowed: AllowedHosts },
): Promise<void> {
  const text = writeMarkdown(message, context.address)
  const answer =
    robot.kind === 'wecom'
      ? await postJson(robot.url, { msgtype: 'markdown', markdown: { content: text } }, context.allowed)
      : await postJson(
          robot.secret === null ? robot.url : signDingtalk(robot.url, robot.secret, context.now),
          { msgtype: 'markdown', markdown: { title: message.subject, text } },
          context.allowed,
        )
  const said = Answer.safeParse(answer)
  if (!said.success) throw new Undelivered('tasks.problem.answer', 'never')
  const { errcode } = said.data
  if (errcode !== 0) throw new Undelivered('tasks.problem.refused', busyCodes.includes(errcode) ? 'again' : 'never')
}
