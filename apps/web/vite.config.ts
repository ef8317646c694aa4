import { vitePlugin as remix } from '@remix-run/dev'
import { join } from 'node:path'
import { defineConfig } from 'vite'
import { compressAssets } from './compress-assets.ts'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

export default defineConfig({
  plugins: [
    remix({
      ignoredRouteFiles: ['**/*'],
      buildEnd: ({ remixConfig }) => compressAssets(join(remixConfig.buildDirectory, 'client/assets')),
      future: {
        v3_fetcherPersist: true,
        // The list of all pages is a cached file of 9 kB; asking for it link by link costs the server more than a page does.
        v3_lazyRouteDiscovery: false,
        v3_relativeSplatPath: true,
        v3_routeConfig: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
  ],
  build: { target: 'es2022', assetsInlineLimit: 0 },
  // React goes into the server's build, so that pages are rendered by its production code whatever NODE_ENV
  // says: the demonstration runs outside production, and development React renders at half the speed.
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: {
    noExternal: true,
    external: ['@remix-run/node', 'zod'],
  },
})
