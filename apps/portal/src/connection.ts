import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type PortalClient, createPortalClient } from '#libs/client';
import { type Io, UsageError } from './io.js';

/** Options of every command. */
export interface GlobalOptions {
  readonly url?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly tenant?: string;
  readonly yes?: boolean;
}

/** Where the API is and as whom it is called. */
export interface Connection {
  readonly url: string;
  readonly token: string | undefined;
}

/**
 * Options first, then the environment, then what `npm start` wrote: a credential is never sent to another address than the one that it was
 * given with.
 *
 * @throws UsageError when nothing says where the API is
 */
export function connectionOf(options: GlobalOptions, io: Io): Connection {
  const local = localConnection(io.directory);
  const url = options.url ?? io.env.PORTAL_URL ?? local?.url;
  if (url === undefined) {
    throw new UsageError('Where is the admin API? Start one (npm start), or give --url or PORTAL_URL.');
  }
  if (!URL.canParse(url)) throw new UsageError(`--url is no address: ${url}`);
  return { url, token: tokenOf(options, io) ?? (local?.url === url ? local.token : undefined) };
}

/** A client for the connection. */
export function clientOf(connection: Connection, io: Io): PortalClient {
  return createPortalClient({ ...connection, fetch: io.fetch, sleep: io.sleep });
}

function tokenOf(options: GlobalOptions, io: Io): string | undefined {
  if (options.token !== undefined) return options.token;
  const file = options.tokenFile ?? (io.env.PORTAL_TOKEN === undefined ? io.env.PORTAL_TOKEN_FILE : undefined);
  if (file === undefined) return io.env.PORTAL_TOKEN;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new UsageError(`The token cannot be read: ${(error as Error).message}`);
  }
}

/** What `npm start` wrote into `.data/dev.json` of this folder or one above it. */
function localConnection(directory: string): { readonly url: string; readonly token: string } | null {
  const file = join(directory, '.data', 'dev.json');
  if (existsSync(file)) {
    const { admin } = JSON.parse(readFileSync(file, 'utf8')) as { admin?: { url?: string; token?: string } };
    return admin?.url !== undefined && admin.token !== undefined ? { url: admin.url, token: admin.token } : null;
  }
  const parent = dirname(directory);
  return parent === directory ? null : localConnection(parent);
}
