import { Form } from '@remix-run/react'
import { useLocale, useText } from '@gonglian/ui/text'

/** One button: the other language. The page loads anew, because a browser holds only one catalogue. */
export function LanguageSwitch({ className = 'frame-language' }: { readonly className?: string }) {
  const text = useText()
  const other = useLocale() === 'en' ? 'zh-CN' : 'en'
  const name = text(`frame.language.${other}`)
  return (
    <Form method="post" action="/language" reloadDocument className={className}>
      <button
        type="submit"
        name="locale"
        value={other}
        lang={other}
        className="gl-link-button"
        aria-label={`${text('frame.language')}: ${name}`}
      >
        {name}
      </button>
    </Form>
  )
}
