import type { RouterOutputs } from '@gonglian/api'
import { formatDate, useText } from '@gonglian/ui'
import { ActDialog, type ActField } from '../../../act-dialog.tsx'

type Channel = RouterOutputs['tasks']['listChannels']['rows'][number]
export const robotKinds = ['wecom', 'dingtalk'] as const

/** One robot of a group chat: whether it is set, and how to set, replace or remove it. Its address is not shown again. */
export function ChannelPanel(props: { readonly kind: (typeof robotKinds)[number]; readonly channel: Channel | null }) {
  const { kind, channel } = props
  const text = useText()
  const secret: ActField = {
    name: 'secret',
    label: text('channels.secret'),
    kind: 'text',
    hint: text('channels.secret.hint'),
    maxLength: 200,
    optional: true,
    plain: true,
  }
  const fields: readonly ActField[] = [
    {
      name: 'url',
      label: text('channels.url'),
      kind: 'text',
      hint: text('channels.url.hint'),
      maxLength: 500,
      plain: true,
    },
    ...(kind === 'dingtalk' ? [secret] : []),
  ]
  const signed = channel?.isSigned === true ? ` · ${text('channels.signed')}` : ''
  return (
    <section className="panel">
      <h2>{text(`channels.${kind}`)}</h2>
      <p>{channel === null ? text('channels.off') : `${text('channels.on', { host: channel.host })}${signed}`}</p>
      {channel === null ? null : (
        <p className="gl-hint">{text('channels.setBy', { by: channel.setBy, date: formatDate(channel.setAt) })}</p>
      )}
      <div className="gl-page-actions">
        <ActDialog
          label={text(channel === null ? 'channels.set' : 'channels.change')}
          title={text(`channels.${kind}`)}
          text={text('channels.text')}
          fields={fields}
          run={(api, values) =>
            api.tasks.setChannel.mutate({
              kind,
              version: channel?.version ?? 0,
              url: values['url'] ?? '',
              secret: values['secret'] ?? '',
            })
          }
        />
        {channel === null ? null : (
          <ActDialog
            label={text('channels.drop')}
            title={text('channels.drop')}
            text={text('channels.drop.text')}
            fields={[]}
            run={(api) => api.tasks.dropChannel.mutate({ kind, version: channel.version })}
          />
        )}
      </div>
    </section>
  )
}
