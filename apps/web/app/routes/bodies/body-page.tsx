import { Link } from '@remix-run/react'
import { hasMessage, translateUnknown } from '@gonglian/ui/messages'
import { formatDate, Icon, useLocale, useText } from '@gonglian/ui'
import { useAddress, useFrame, useKeepingPeriod } from '../../address.ts'
import { useMay } from '../../may.ts'
import type { Body, BodyView } from './body.ts'
import { ChildTable } from './child-table.tsx'
import { FigureLinks } from './figure-links.tsx'
import { LinkTable } from './link-table.tsx'
import { ReorganisationHistory } from './reorganisation-history.tsx'
import { keepChoice } from './side.tsx'
import { StandingsPanel } from '../desk/standings-panel.tsx'
import { TimelinessPanel } from './timeliness-panel.tsx'

/** A body: who it is, above whom and below whom it stands, since when, and where its figures are. */
export function BodyPage({ view }: { readonly view: BodyView }) {
  const { body, superiors, links, children, guided, figures, year } = view
  const own = useFrame().body.code
  const may = useMay()
  const text = useText()
  const keep = useKeepingPeriod()
  const { params } = useAddress()
  const above = (superiors.length > 0 ? superiors : [body]).slice(0, -1)
  return (
    <article className="body-page">
      <Link className="body-back" to={{ pathname: '/bodies', search: keepChoice(params) }}>
        <Icon name="left" size={16} />
        {text('body.find.back')}
      </Link>
      <header>
        {above.length === 0 ? null : <Path bodies={above} />}
        <h2>
          {body.name} <Marks body={body} />
        </h2>
        {body.validTo === null && may('federation:prepare') && superiors.some(({ code }) => code === own) ? (
          <Link className="gl-button" to={keep(`/bodies/${encodeURIComponent(body.code)}/reorganise`)}>
            {text('reorganisation.open')}
          </Link>
        ) : null}
      </header>
      <div className="body-columns">
        <Facts body={body} />
        <FigureLinks view={view} />
      </div>
      {figures === null ? null : (
        <>
          <StandingsPanel
            standings={figures.standings}
            year={String(year)}
            {...(own === body.code ? {} : { body: body.code })}
          />
          <TimelinessPanel code={body.code} year={year} timeliness={figures.timeliness} />
        </>
      )}
      {own === body.code && may('account:read') ? (
        <section className="panel">
          <h3>{text('body.people')}</h3>
          <p>
            <Link to="/system/accounts">{text('body.people.accounts')}</Link>{' '}
            <span className="gl-hint">{text('system.tab.accounts.text')}</span>
          </p>
        </section>
      ) : null}
      <LinkTable links={links} />
      <ReorganisationHistory former={view.former} reorganisations={view.reorganisations} />
      <ChildTable body={body} bodies={children} tree="regional" />
      {guided.length === 0 ? null : <ChildTable body={body} bodies={guided} tree="line" />}
    </article>
  )
}

function Path({ bodies }: { readonly bodies: readonly Body[] }) {
  const text = useText()
  const { params } = useAddress()
  return (
    <nav className="body-path" aria-label={text('body.path')}>
      {bodies.map((body) => (
        <Link key={body.code} to={{ pathname: `/bodies/${encodeURIComponent(body.code)}`, search: keepChoice(params) }}>
          {body.shortName}
        </Link>
      ))}
    </nav>
  )
}

function Marks({ body }: { readonly body: Body }) {
  const text = useText()
  const own = useFrame().body.code === body.code
  return (
    <>
      <span className="frame-level">{text(`bodies.level.${body.level}`)}</span>{' '}
      {own ? <span className="frame-level">{text('body.own')}</span> : null}{' '}
      {body.validTo === null ? null : <span className="frame-level">{text('body.closed')}</span>}
    </>
  )
}

function Facts({ body }: { readonly body: Body }) {
  const text = useText()
  const locale = useLocale()
  const form = `body.unionKind.${body.unionKind}`
  return (
    <section className="panel">
      <h3>{text('body.facts')}</h3>
      <dl className="facts">
        <dt>{text('body.code')}</dt>
        <dd>{body.code}</dd>
        <dt>{text('body.level')}</dt>
        <dd>{text(`bodies.level.${body.level}`)}</dd>
        <dt>{text('body.kind')}</dt>
        <dd>{text(`bodies.kind.${body.kind}`)}</dd>
        <dt>{text('body.unionKind')}</dt>
        <dd>{hasMessage(locale, form) ? translateUnknown(locale, form) : body.unionKind}</dd>
        <dt>{text('body.since')}</dt>
        <dd>{formatDate(body.validFrom)}</dd>
        {body.validTo === null ? null : (
          <>
            <dt>{text('body.until')}</dt>
            <dd>{formatDate(body.validTo)}</dd>
          </>
        )}
      </dl>
    </section>
  )
}
