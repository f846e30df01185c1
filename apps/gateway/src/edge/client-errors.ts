import type { Socket } from 'node:net';
import { NULL_ID_BYTES } from '#libs/jsonrpc';
import { type Refusal, refusalBody, refuse } from '../relay/refusal.js';

/**
 * Answers what Node's HTTP parser rejects before any handler runs (broken requests, heads beyond 16 KiB, slow senders)
 * with a JSON-RPC body, then closes the connection.
 */
export function createClientErrorHandler(
  requestId: () => string,
  docsUrl: string,
): (error: Error & { code?: string }, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const [status, text, refusal] = reactionTo(error.code);
    const id = requestId();
    const body = refusalBody(refusal, NULL_ID_BYTES, id, docsUrl);
    socket.end(
      Buffer.concat([
        Buffer.from(
          `HTTP/1.1 ${status} ${text}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${body.length}\r\n` +
            `cache-control: no-store\r\naccess-control-allow-origin: *\r\nx-request-id: ${id}\r\nconnection: close\r\n\r\n`,
        ),
        body,
      ]),
    );
  };
}

function reactionTo(code: string | undefined): readonly [number, string, Refusal] {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return [
      431,
      'Request Header Fields Too Large',
      refuse('size', 'The headers are larger than 16 KiB.', { limit: 16_384 }),
    ];
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return [408, 'Request Timeout', refuse('request', 'The request did not arrive in time. Send it again at once.')];
  }
  return [400, 'Bad Request', refuse('request', 'This is not an HTTP request.')];
}
