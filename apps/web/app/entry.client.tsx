import { RemixBrowser } from '@remix-run/react'
import { readLocale, registerMessages } from '@gonglian/ui/messages'
import { startTransition, StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'

const locale = readLocale(document.documentElement.lang)
// Only the language of this page is downloaded; changing it loads the page anew.
const { messages } = locale === 'en' ? await import('@gonglian/ui/messages/en') : await import('@gonglian/ui/messages/zh-CN')
registerMessages(locale, messages)

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <RemixBrowser />
    </StrictMode>,
  )
})
