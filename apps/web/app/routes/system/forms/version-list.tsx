import { nameItem } from '@gonglian/indicators/figures'
import { useLocale, useText } from '@gonglian/ui'
import type { Form } from './form.ts'

/** What each version brought; nothing is ever taken out. Newest first. */
export function VersionList({ form }: { readonly form: Form }) {
  const text = useText()
  const locale = useLocale()
  const versions = Array.from({ length: form.version }, (_, index) => form.version - index)
  return (
    <section className="panel">
      <p className="gl-hint">{text('forms.versions.text')}</p>
      <ol className="form-versions">
        {versions.map((version) => {
          const added = form.items.filter(({ sinceVersion }) => sinceVersion === version)
          return (
            <li key={version}>
              <h2>
                {text('catalogue.version.at', { version })}{' '}
                {version === form.version ? (
                  <span className="frame-level">{text('forms.versions.inForce')}</span>
                ) : null}
              </h2>
              <details open={version === form.version && version > 1}>
                <summary>
                  {text(version === 1 ? 'forms.versions.items' : 'forms.versions.added', { count: added.length })}
                </summary>
                <ul>
                  {added.map((item) => (
                    <li key={item.position}>
                      {item.position}. {nameItem(item, locale)}
                    </li>
                  ))}
                </ul>
              </details>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
