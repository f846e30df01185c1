import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PinnedProcess } from './pinned-process.js';

/** nginx as a reverse proxy before the nodes: one process, connections kept on both sides, no log. */
export async function startNginx(o: {
  readonly program: string;
  readonly directory: string;
  readonly port: number;
  readonly nodePorts: readonly number[];
  readonly core: number;
}): Promise<PinnedProcess> {
  const directory = join(o.directory, 'nginx');
  mkdirSync(directory, { recursive: true });
  const file = join(directory, 'nginx.conf');
  writeFileSync(
    file,
    `daemon off;
master_process off;
worker_processes 1;
pid ${directory}/pid;
error_log stderr crit;
events { worker_connections 8192; }
http {
  access_log off;
  keepalive_requests 1000000000;
  client_body_temp_path ${directory}/body;
  proxy_temp_path ${directory}/proxy;
  fastcgi_temp_path ${directory}/fastcgi;
  uwsgi_temp_path ${directory}/uwsgi;
  scgi_temp_path ${directory}/scgi;
  upstream nodes {
${o.nodePorts.map((port) => `    server 127.0.0.1:${port};`).join('\n')}
    keepalive 1024;
    keepalive_requests 1000000000;
  }
  server {
    listen 127.0.0.1:${o.port} backlog=4096;
    location / {
      proxy_pass http://nodes;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }
  }
}
`,
  );
  const nginx = new PinnedProcess({
    name: 'nginx',
    command: o.program,
    args: ['-e', 'stderr', '-p', directory, '-c', file],
    core: o.core,
  });
  await nginx.answers(`http://127.0.0.1:${o.port}/`);
  return nginx;
}
