import { defineConfig } from 'vite'

// The parts with made-up figures, to look at them: `vite build --config stage/vite.config.ts`. Never part of the product.
export default defineConfig({ root: import.meta.dirname, build: { outDir: 'build', target: 'es2022' } })
