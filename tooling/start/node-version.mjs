// Imported first by every command, before anything that an older Node would stumble over.
const needed = [20, 19]
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Gonglian needs Node ${needed.join('.')} or newer; this is ${process.versions.node}.`)
  console.error('Get a current version from https://nodejs.org or your system, then run the same command again.')
  process.exit(1)
}

export {}
