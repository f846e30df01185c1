import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { waitFor } from './wait.js';

const recordSchema = z.record(
  z.string(),
  z.object({ pid: z.number().int().positive(), identity: z.string(), stopSignal: z.enum(['SIGTERM', 'SIGINT']) }),
);

/** Tells one process from another that got the same id later; null when it does not run. */
export type IdentityOf = (pid: number) => string | null;

/**
 * Which processes this data directory's supervisor runs, on disk. A supervisor that is killed outright cannot stop its
 * children; the next one finds them here and does, by process id and only when the process is still the same one.
 */
export class RunRecord {
  private readonly file: string;
  private readonly children = new Map<string, z.infer<typeof recordSchema>[string]>();

  constructor(
    directory: string,
    private readonly identityOf: IdentityOf,
  ) {
    this.file = join(directory, 'processes.json');
  }

  /** Notes a started child. */
  add(name: string, pid: number, stopSignal: 'SIGTERM' | 'SIGINT'): void {
    const identity = this.identityOf(pid);
    if (identity === null) return;
    this.children.set(name, { pid, identity, stopSignal });
    this.write();
  }

  /** Notes that a child has ended. */
  remove(name: string): void {
    if (this.children.delete(name)) this.write();
  }

  /** Stops what an earlier supervisor left running; returns the names. */
  async stopOrphans(): Promise<string[]> {
    const stopped: string[] = [];
    const orphans = Object.entries(this.read()).toReversed();
    for (const [name, orphan] of orphans) {
      const lives = (): boolean => this.identityOf(orphan.pid) === orphan.identity;
      if (!lives()) {
        // Its group may outlive it: Anvil under a killed devnet. A number that was given to another process, or that is
        // from before a reboot, is left alone.
        if (this.identityOf(orphan.pid) === null && this.sameBoot(orphan.identity)) signalGroup(orphan.pid, 'SIGKILL');
        continue;
      }
      stopped.push(`${name} (process ${orphan.pid})`);
      signal(orphan.pid, orphan.stopSignal);
      await waitFor(() => !lives(), 10_000).catch(() => signal(orphan.pid, 'SIGKILL'));
      signalGroup(orphan.pid, 'SIGKILL');
    }
    rmSync(this.file, { force: true });
    return stopped;
  }

  private sameBoot(identity: string): boolean {
    const boot = (text: string | null): string | undefined => text?.split('/')[0];
    return boot(identity) === boot(this.identityOf(process.pid));
  }

  private read(): z.infer<typeof recordSchema> {
    try {
      return recordSchema.parse(JSON.parse(readFileSync(this.file, 'utf8')));
    } catch {
      return {};
    }
  }

  private write(): void {
    if (this.children.size === 0) {
      rmSync(this.file, { force: true });
      return;
    }
    writeFileSync(`${this.file}.new`, JSON.stringify(Object.fromEntries(this.children), null, 2));
    renameSync(`${this.file}.new`, this.file);
  }
}

/** Sends a signal; a process that is already gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Sends a signal to the group that the process led. Refusals are ignored: the number may belong to a stranger by now. */
export function signalGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name);
  } catch {
    // No such group any more, or not ours.
  }
}
