import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const routes = new URL('routes/', import.meta.url)
/** The titles of columns that say who somebody is. */
const personal =
  /'(unions\.person|cadres\.name|members\.name|members\.idNumber|accounts\.name|takings\.openings|audit\.actor|imports\.value|imports\.faulty\.file|members\.export\.file)'/
/** Procedures that ask for a fresh proof and write it down; those named so are all declared as such (api/fresh-proof.test.ts). */
const proven = /\bapi\.\w+\.(export\w+|startExport|readFaultyRows)\(/

const files = readdirSync(routes, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
  .map((path) => [path, readFileSync(new URL(path, routes), 'utf8')] as const)
  .filter(([, source]) => /\b(sendTable|fileHeaders)\(/.test(source) && personal.test(source))

test('the files that name persons are found', () => {
  expect(files.length).toBeGreaterThan(8)
})

test.each(files)('%s names persons and is handed out after a fresh proof', (_path, source) => {
  expect(source).toMatch(proven)
})
