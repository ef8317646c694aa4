import type { LoaderFunctionArgs } from '@remix-run/node'
import { ask } from '../../../ask.ts'
import { readIndicator } from './indicator.ts'

/** `GET /system/catalogue/:code`: what the panel of one indicator shows. */
export function loader(args: LoaderFunctionArgs) {
  return ask(args, (api) => readIndicator(api, args.params['code'] ?? ''))
}
