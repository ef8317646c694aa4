import { openAsBlob } from 'node:fs'
import { AwsClient } from 'aws4fetch'

/** Where bytes stand that don't stand in the database. */
export type ObjectStore = {
  /** @throws Error when the store doesn't take it */
  put(place: string, path: string): Promise<void>
  /** @throws Error when it isn't there, or the store doesn't answer */
  get(place: string): Promise<AsyncIterable<Uint8Array>>
  /** Also where nothing is. */
  remove(place: string): Promise<void>
}

export type S3Address = {
  /** With the bucket: `https://objects.example.cn/gonglian`. */
  readonly url: string
  readonly accessKey: string
  readonly secretKey: string
  readonly region: string
}

const timeoutMs = 60_000

/** An S3-compatible store, addressed by path. Retries are the caller's: a person repeats, the worker comes again. */
export function openS3({ url, accessKey, secretKey, region }: S3Address): ObjectStore {
  const client = new AwsClient({
    accessKeyId: accessKey,
    secretAccessKey: secretKey,
    region,
    service: 's3',
    retries: 0,
  })
  const ask = async (place: string, init: RequestInit, accepted: readonly number[] = []) => {
    const address = `${url.replace(/\/$/, '')}/${place}`
    const answer = await client.fetch(address, { ...init, signal: AbortSignal.timeout(timeoutMs) })
    if (answer.ok || accepted.includes(answer.status)) return answer
    await answer.body?.cancel()
    throw new Error(`the object store answered ${init.method ?? 'GET'} with ${answer.status}`)
  }
  return {
    async put(place, path) {
      // A blob of a file has a length and is read as it is sent.
      const answer = await ask(place, {
        method: 'PUT',
        body: await openAsBlob(path),
        headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD', 'content-type': 'application/octet-stream' },
      })
      await answer.body?.cancel()
    },
    async get(place) {
      const { body } = await ask(place, { method: 'GET' })
      if (body === null) throw new Error('the object store answered without a body')
      return readStream(body)
    },
    async remove(place) {
      const answer = await ask(place, { method: 'DELETE' }, [404])
      await answer.body?.cancel()
    },
  }
}

async function* readStream(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) yield piece.value
  } finally {
    await reader.cancel()
  }
}
