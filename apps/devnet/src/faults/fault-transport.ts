import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import type { Behaviour } from './fault-script.js';

const NODE_HTML = '<!DOCTYPE html><html><body><h1>It works!</h1></body></html>';

/** Resets the connection: the peer sees ECONNRESET, not an orderly end. */
export function resetConnection(response: ServerResponse): void {
  const { socket } = response;
  if (socket !== null && typeof socket.resetAndDestroy === 'function') socket.resetAndDestroy();
  else response.destroy();
}

/** Waits the behaviour's latency; `draw` in [0, 1) decides the jitter. */
export async function sufferLatency(behaviour: Behaviour, draw: number): Promise<void> {
  const waitMs = (behaviour.latencyMs ?? 0) + Math.floor((behaviour.latencyJitterMs ?? 0) * draw);
  if (waitMs > 0) await delay(waitMs);
}

/**
 * Hands the answer over as the behaviour has it. Returns false when nothing of the transport is disturbed, and then has
 * sent nothing.
 */
export async function sendDisturbed(
  behaviour: Behaviour,
  response: ServerResponse,
  status: number,
  contentType: string,
  body: Buffer,
): Promise<boolean> {
  if (behaviour.html === 'node') {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': NODE_HTML.length }).end(NODE_HTML);
    return true;
  }
  if (behaviour.gzipBombBytes !== undefined) {
    await sendBomb(response, contentType, body, behaviour.gzipBombBytes);
    return true;
  }
  if (behaviour.truncate === 'body') {
    const half = body.subarray(0, body.length >> 1);
    response.writeHead(status, { 'content-type': contentType, 'content-length': half.length }).end(half);
    return true;
  }
  if (behaviour.truncate === 'transport') {
    response.writeHead(status, { 'content-type': contentType, 'content-length': body.length });
    response.write(body.subarray(0, body.length >> 1), () => resetConnection(response));
    return true;
  }
  if (behaviour.drip !== undefined) {
    await sendDrip(response, status, contentType, body, behaviour.drip);
    return true;
  }
  return false;
}

async function sendDrip(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: Buffer,
  drip: { readonly chunkBytes: number; readonly everyMs: number },
): Promise<void> {
  response.writeHead(status, { 'content-type': contentType, 'content-length': body.length });
  for (let at = 0; at < body.length && !response.destroyed; at += drip.chunkBytes) {
    response.write(body.subarray(at, at + drip.chunkBytes));
    await delay(drip.everyMs);
  }
  response.end();
}

/** The honest body and then blanks, which JSON allows: only a reader that bounds what it unpacks survives. */
async function sendBomb(response: ServerResponse, contentType: string, body: Buffer, bytes: number): Promise<void> {
  response.writeHead(200, { 'content-type': contentType, 'content-encoding': 'gzip' });
  const gzip = createGzip({ level: 9 });
  gzip.pipe(response);
  response.once('close', () => gzip.destroy());
  gzip.on('error', () => undefined);
  const blanks = Buffer.alloc(1024 * 1024, 0x20);
  gzip.write(body);
  for (let left = bytes - body.length; left > 0 && !gzip.destroyed; left -= blanks.length) {
    const room = gzip.write(left >= blanks.length ? blanks : blanks.subarray(0, left));
    if (!room) await new Promise<void>((resolve) => (gzip.once('drain', resolve), gzip.once('close', resolve)));
  }
  gzip.end();
}
