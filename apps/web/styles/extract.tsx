import { mkdirSync, writeFileSync } from 'node:fs'
import { createCache, extractStyle, StyleProvider } from '@ant-design/cssinjs'
import { theme } from '@gonglian/ui/theme'
import { ConfigProvider } from 'antd'
import { renderToString } from 'react-dom/server'
import { usedComponents } from './used-components.tsx'

// Writes the static stylesheet of the antd components in use, with our tokens. Runs before each build.
const cache = createCache()
renderToString(
  <StyleProvider cache={cache}>
    <ConfigProvider theme={{ ...theme, zeroRuntime: false }}>
      {Object.entries(usedComponents).map(([name, samples]) => (
        <div key={name}>{samples}</div>
      ))}
    </ConfigProvider>
  </StyleProvider>,
)
const sheet = extractStyle(cache, { plain: true, types: ['style', 'token'] })
const target = new URL('../app/styles/antd.generated.css', import.meta.url)
mkdirSync(new URL('.', target), { recursive: true })
writeFileSync(target, sheet)
