import { expect, test } from 'vitest'
import { findAddressFault, isClosedAddress, postJson } from './outbound.ts'

test.each([
  '127.0.0.1',
  '127.9.9.9',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  'fe80::1',
  'fd00::1',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
  '64:ff9b::a00:1',
  '2002:a00:1::',
])('%s is no public address', (address) => {
  expect(isClosedAddress(address)).toBe(true)
})

test.each(['121.14.70.1', '8.8.8.8', '172.32.0.1', '192.169.0.1', '100.128.0.1', '2400:3200::1'])(
  '%s is one',
  (address) => {
    expect(isClosedAddress(address)).toBe(false)
  },
)

test.each([
  ['http://qyapi.weixin.qq.com/x', 'tasks.channel.https'],
  ['ftp://qyapi.weixin.qq.com/x', 'tasks.channel.https'],
  ['https://user:word@qyapi.weixin.qq.com/x', 'tasks.channel.url'],
  ['no address', 'tasks.channel.url'],
  ['https://127.0.0.1/x', 'tasks.channel.private'],
  // Other spellings of 127.0.0.1 and of an address in a private network.
  ['https://2130706433/x', 'tasks.channel.private'],
  ['https://0x7f.1/x', 'tasks.channel.private'],
  ['https://[::ffff:192.168.0.1]/x', 'tasks.channel.private'],
  ['https://[::1]/x', 'tasks.channel.private'],
  ['https://oapi.dingtalk.com/robot/send?access_token=x', null],
])('%s: %s', (address, fault) => {
  expect(findAddressFault(address, [])).toBe(fault)
})

test('the operator allows a host, or a host with its port, and no other', () => {
  expect(findAddressFault('http://10.0.0.5:8080/x', ['10.0.0.5:8080'])).toBeNull()
  expect(findAddressFault('http://10.0.0.5:8081/x', ['10.0.0.5:8080'])).toBe('tasks.channel.https')
  expect(findAddressFault('http://hooks.internal/x', ['hooks.internal'])).toBeNull()
  expect(findAddressFault('ftp://hooks.internal/x', ['hooks.internal'])).toBe('tasks.channel.url')
})

test('a name that leads into the own network is refused when it is resolved', async () => {
  await expect(postJson('https://localhost:1/x', {}, [])).rejects.toMatchObject({
    key: 'tasks.channel.private',
    isWorthTrying: false,
  })
})

test('nobody there: another try may help', async () => {
  await expect(postJson('http://127.0.0.1:1/x', {}, ['127.0.0.1:1'])).rejects.toMatchObject({
    key: 'tasks.problem.away',
    isWorthTrying: true,
  })
})
