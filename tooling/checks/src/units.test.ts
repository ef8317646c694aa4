import { expect, test } from 'vitest'
import { checkFiles } from './testing.ts'
import { checkUnits } from './units.ts'

const unit = `[Service]
User=gonglian
EnvironmentFile=/etc/gonglian/worker
ReadWritePaths=/var/lib/gonglian/heads
`
const readme = `\`useradd --system gonglian\`, then
   - \`/etc/gonglian/worker\`: \`DATABASE_URL\`.
\`install -d -o gonglian -g gonglian -m 0700 /var/lib/gonglian/heads\`
\`openssl genpkey -algorithm ed25519 -out /etc/gonglian/key.pem\` and \`chown gonglian:gonglian /etc/gonglian/key.pem\`
`
const check = (change: { unit?: [string, string]; readme?: [string, string] } = {}) =>
  checkFiles(checkUnits, {
    'infra/systemd/worker.service': unit.replace(...(change.unit ?? ['', ''])),
    'infra/README.md': readme.replace(...(change.readme ?? ['', ''])),
  })

test('units that use what the instructions set up are fine', () => {
  expect(check()).toEqual([])
})

test.each<[string, [string, string], string]>([
  [
    'an environment file',
    ['gonglian/worker', 'gonglian/environment'],
    ':3 infra/README.md sets up no environment file',
  ],
  ['a folder', ['gonglian/heads', 'gonglian/others'], ':4 infra/README.md makes no folder /var/lib/gonglian/others'],
  ['a user', ['User=gonglian', 'User=worker'], ':2 infra/README.md makes no user worker'],
  ['no user at all', ['User=gonglian\n', ''], ':1 runs as root'],
])('%s that the instructions do not set up is found', (_, change, message) => {
  expect(check({ unit: change })).toContainEqual(expect.stringContaining(message))
})

test.each<[string, [string, string], string]>([
  ['a folder of somebody else', ['-o gonglian', '-o root'], 'that belongs to gonglian'],
  [
    'a key that nobody gives to the user',
    ['chown gonglian:gonglian', 'chown root:root'],
    "/etc/gonglian/key.pem stays root's",
  ],
])('%s is found', (_, change, message) => {
  expect(check({ readme: change })).toContainEqual(expect.stringContaining(message))
})

test('a folder that no unit may write is found', () => {
  expect(check({ unit: ['ReadWritePaths=/var/lib/gonglian/heads\n', ''] })).toEqual([
    'infra/README.md:3 no unit may write /var/lib/gonglian/heads',
  ])
})
