import { vitePlugin as remix } from '@remix-run/dev'
import { fileURLToPath } from 'node:url'
import { defineConfig, type Plugin } from 'vite'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

/**
 * Puts our measure of scrollbars in the place of rc-util's, which the page's policy refuses. Fails the build when it finds nothing to
 * replace: then a new version has moved it, and the browser's console would say so on every page with a table.
 */
function replaceScrollbarSize(): Plugin {
  let found = false
  return {
    name: 'replace-scrollbar-size',
    enforce: 'pre',
    apply: 'build',
    resolveId(source, importer) {
      if (!source.endsWith('/getScrollBarSize') || !importer?.includes('@rc-component/util')) return null
      found = true
      return fileURLToPath(new URL('./app/scrollbar-size.ts', import.meta.url))
    },
    buildEnd(error) {
      if (!error && !found) this.error('@rc-component/util no longer holds getScrollBarSize')
    },
  }
}

export default defineConfig({
  plugins: [
    replaceScrollbarSize(),
    remix({
      ignoredRouteFiles: ['**/*'],
      future: {
        v3_fetcherPersist: true,
        v3_lazyRouteDiscovery: true,
        v3_relativeSplatPath: true,
        v3_routeConfig: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
  ],
  build: { target: 'es2022', assetsInlineLimit: 0 },
  // React and antd go into the server's build, so that pages are rendered by their production code whatever NODE_ENV
  // says: the demonstration runs outside production, and development React renders at half the speed.
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: {
    noExternal: true,
    external: ['@remix-run/node', 'zod'],
  },
})
