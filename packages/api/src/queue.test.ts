import { aSession } from '@gonglian/auth/testing'
import { aSmallTree, idOf, listActs, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, expect, test } from 'vitest'
import { createContext } from './context.ts'
import { createCaller } from './router.ts'

const { deps, close } = await openTestDeps()
afterAll(() => close())
const tree = await aSmallTree(deps)

test('a failed job is tried again by the administrator of the top alone, and the trail says so', async () => {
  const retried: string[] = []
  const retryJob = (id: string) => Promise.resolve(id === 'failed' && retried.push(id) > 0)
  const callAs = async (code: string) => {
    const { actor } = await aSession(deps, idOf(tree, code), `${code}-queue`, 'sysadmin')
    const all = { ...deps, queue: { ...deps.queue, retryJob } }
    return createCaller(createContext({ deps: all, actor, translate: (_locale, key) => key })).queue
  }
  const top = await callAs('00')
  await top.retryJob({ id: 'failed' })
  await expect(top.retryJob({ id: 'gone' })).rejects.toThrow()
  await expect((await callAs('51')).retryJob({ id: 'failed' })).rejects.toThrow()
  expect(retried).toEqual(['failed'])
  expect(await listActs(deps, { kind: 'job', id: 'failed' })).toEqual(['queue.retry'])
  expect(await listActs(deps, { kind: 'job', id: 'gone' })).toEqual([])
})
