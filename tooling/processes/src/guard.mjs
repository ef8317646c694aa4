import { spawn } from 'node:child_process'

/**
 * Runs a shell script as soon as this process dies, however it dies. kill -9 leaves no time to clean up, so a sleeping shell
 * holds the other end of a pipe: the system closes ours when we are gone, and the shell wakes.
 * @param {string} script
 * @param {string[]} parameters $1, $2, ... of the script
 * @returns {{ release: () => void }} release lets the shell go without running the script
 */
export function runWhenThisProcessDies(script, parameters) {
  const shell = spawn('sh', ['-c', `while read -r line; do :; done\n${script}`, 'guard', ...parameters], {
    stdio: ['pipe', 'ignore', 'ignore'],
    // Its own session: Ctrl-C in the terminal must not take the guard away first.
    detached: true,
    cwd: '/',
  })
  shell.on('error', () => undefined)
  shell.stdin.on('error', () => undefined)
  shell.unref()
  if ('unref' in shell.stdin && typeof shell.stdin.unref === 'function') shell.stdin.unref()
  return { release: () => void shell.kill('SIGKILL') }
}

/**
 * Ends a process group should this process die: asks first, insists after five seconds.
 * @param {number} leader process number of the group's leader
 */
export function endGroupWhenThisProcessDies(leader) {
  return runWhenThisProcessDies(
    `kill -s TERM -- "-$1" 2>/dev/null
     for second in 1 2 3 4 5; do sleep 1; kill -s 0 -- "-$1" 2>/dev/null || exit 0; done
     kill -s KILL -- "-$1" 2>/dev/null`,
    [String(leader)],
  )
}
