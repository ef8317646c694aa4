import { vitePlugin as remix } from '@remix-run/dev'
import { join } from 'node:path'
import { defineConfig, type Rollup } from 'vite'
import { compressAssets } from './compress-assets.ts'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

/** A module that so many others import is needed on nearly every page. */
const SHARED_BY = 6

/**
 * One file for what nearly all pages need: left alone, a page was 60 files, half of them smaller than 1 kB, each a request.
 * The two languages stay apart, because a page loads one of them.
 */
const gatherShared: Rollup.GetManualChunk = (id, { getModuleInfo }) => {
  if (id.includes('node_modules') || id.includes('/texts/') || id.includes('?')) return null
  const info = getModuleInfo(id)
  if (info === null || info.isEntry || info.dynamicImporters.length > 0) return null
  return info.importers.length >= SHARED_BY ? 'shared' : null
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
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    rollupOptions: { output: { manualChunks: gatherShared } },
  },
  // React goes into the server's build, so that pages are rendered by its production code whatever NODE_ENV
  // says: the demonstration runs outside production, and development React renders at half the speed.
  define: { 'process.env.NODE_ENV': '"production"' },
  ssr: {
    noExternal: true,
    external: ['@remix-run/node', 'zod'],
  },
})
