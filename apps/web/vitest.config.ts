import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { include: ['{app,server,styles}/**/*.test.{ts,tsx}', '*.test.ts'] } })
