import { RemixBrowser } from '@remix-run/react'
import '@gonglian/domains/permissions'
import { readLocale, registerMessages } from '@gonglian/ui/messages'
import { startTransition, StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { NonceProvider } from './nonce.tsx'

const locale = readLocale(document.documentElement.lang)
// Only the language of this page is downloaded; changing it loads the page anew.
const { messages } =
  locale === 'en' ? await import('@gonglian/domains/texts/en') : await import('@gonglian/domains/texts/zh-CN')
registerMessages(locale, messages)

// The attribute is hidden from scripts, the property is not.
const nonce = document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce ?? ''

startTransition(() => {
  hydrateRoot(
    document,
    <StrictMode>
      <NonceProvider value={nonce}>
        <RemixBrowser />
      </NonceProvider>
    </StrictMode>,
  )
})
