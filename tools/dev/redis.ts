import { mkdirSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { ProcessSpec } from './supervised-process.js';

/**
 * Says how to run Redis in `<directory>/redis`: append-only file, flushed every second, and no eviction, which the queues
 * need. The password is in a file of its own, because command lines are readable by every user.
 */
export function prepareRedis(settings: {
  readonly directory: string;
  readonly port: number;
  readonly password: string;
  readonly binary: string;
}): { readonly spec: ProcessSpec; readonly url: string } {
  const home = join(settings.directory, 'redis');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const configuration = join(home, 'redis.conf');
  writeFileSync(
    configuration,
    [
      'bind 127.0.0.1',
      `port ${settings.port}`,
      `requirepass ${settings.password}`,
      `dir "${home}"`,
      'appendonly yes',
      'appendfsync everysec',
      'save ""',
      'maxmemory-policy noeviction',
      'daemonize no',
      '',
    ].join('\n'),
    { mode: 0o600 },
  );
  return {
    url: `redis://:${settings.password}@127.0.0.1:${settings.port}`,
    spec: {
      name: 'redis',
      command: settings.binary,
      args: [configuration],
      env: { PATH: process.env['PATH'] },
      stopSignal: 'SIGTERM',
      stopTimeoutMs: 10_000,
      readyTimeoutMs: 60_000,
      ready: () => answersPing(settings.port, settings.password),
    },
  };
}

/** True when the server accepts the password and answers PING; while it loads its file it answers something else. */
function answersPing(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 1_000 });
    let answer = '';
    const end = (ready: boolean): void => {
      socket.destroy();
      resolve(ready);
    };
    socket.on('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (chunk) => {
      answer += String(chunk);
      if (answer.includes('+PONG')) end(true);
      else if (answer.includes('\n-')) end(false);
    });
    socket.on('timeout', () => end(false));
    socket.on('error', () => end(false));
    socket.on('close', () => end(false));
  });
}
