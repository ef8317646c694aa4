import { parseArgs } from 'node:util'
import { ProgramFailed } from './programs.mjs'

const usage = `npm start [-- OPTIONS]
  --port N     address to listen on (default: PORT, or 3000); a port that is taken is passed over
  --data DIR   folder of the database, secret and logs (default: GONGLIAN_DATA, or .data)
  --no-demo    do not load the demonstration federation`

/**
 * What the command line and the environment ask for.
 * @param {string[]} parameters
 * @param {Record<string, string | undefined>} env
 */
export function readOptions(parameters, env) {
  const values = parse(parameters)
  const port = values.port ?? (env['PORT'] === '' ? undefined : env['PORT'])
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) > 0 && Number(port) < 65_536)) {
    throw new ProgramFailed(`The port must be a number from 1 to 65535, not "${port}".`)
  }
  // Whoever sets NODE_ENV=production means a real installation, where demonstration accounts have no place.
  const real = env['NODE_ENV'] === 'production'
  return {
    port: Number(port ?? 3000),
    portAsked: port !== undefined,
    data: values.data,
    demonstration: !real && values['no-demo'] !== true,
    demonstrationRefused: real && values['no-demo'] !== true,
  }
}

/** @param {string[]} parameters */
function parse(parameters) {
  try {
    return parseArgs({
      args: parameters,
      options: { port: { type: 'string' }, data: { type: 'string' }, 'no-demo': { type: 'boolean' } },
    }).values
  } catch (error) {
    throw new ProgramFailed(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
  }
}
