import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { Worker } from 'node:worker_threads';
import { WebSocket } from 'ws';
import { percentile } from '../statistics.js';
import type { LoadJob, LoadResult } from './load-job.js';

/**
 * Load generator on bare sockets. Argument: a file with a {@link LoadJob} as JSON; prints a {@link LoadResult}.
 * With a rate it is an open loop: a request is due at its time whether or not earlier ones were answered, waits for a free
 * connection if it must, and its latency counts that wait (no coordinated omission).
 */
const job = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as LoadJob;
const RESULT = Buffer.from('"result"');

interface Connection {
  send(): void;
}

let pathTurn = 0;
let countFrom = Infinity;
let countTo = Infinity;
let answersInAll = 0;
let answers = 0;
let failures = 0;
let isOver = false;
const latenciesUs: number[] = [];
/** When each waiting request was due. */
const waiting: number[] = [];
const free: Connection[] = [];

function requestBytes(): Buffer {
  const path = job.paths[(pathTurn = (pathTurn + 1) % job.paths.length)] ?? '/';
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${job.port}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(job.body)}\r\n\r\n${job.body}`,
  );
}

function answered(dueAt: number, good: boolean): void {
  const now = performance.now();
  answersInAll += 1;
  if (!good) failures += 1;
  if (dueAt < countFrom || now > countTo) return;
  answers += 1;
  latenciesUs.push((now - dueAt) * 1_000);
}

/** Takes the next request for a connection that has just become free. */
function next(connection: Connection): void {
  if (isOver) return;
  if (job.ratePerSecond === null) waiting.push(performance.now());
  if (waiting.length > 0) connection.send();
  else free.push(connection);
}

function openHttp(): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(job.port, '127.0.0.1');
    const prepared = job.paths.length === 1 ? requestBytes() : null;
    let dueAt = 0;
    let left = -1;
    let head = '';
    let good = false;
    const connection: Connection = {
      send: () => {
        dueAt = waiting.shift() ?? performance.now();
        left = -1;
        good = false;
        socket.write(prepared ?? requestBytes());
      },
    };
    socket.setNoDelay(true);
    socket.once('connect', () => {
      resolve();
      next(connection);
    });
    socket.on('data', (chunk: Buffer) => {
      if (left === -1) {
        head += chunk.toString('latin1', 0, Math.min(chunk.length, 2_048));
        const bodyAt = head.indexOf('\r\n\r\n') + 4;
        if (bodyAt === 3) return;
        const length = /content-length: (\d+)/i.exec(head)?.[1];
        left = Number(length ?? 0) - (chunk.length - (bodyAt - (head.length - Math.min(chunk.length, 2_048))));
        good = head.startsWith('HTTP/1.1 200') && chunk.includes(RESULT);
        head = '';
      } else {
        left -= chunk.length;
      }
      if (left > 0) return;
      answered(dueAt, good);
      next(connection);
    });
    socket.on('error', () => (failures += 1));
    socket.on('close', () => {
      if (!isOver) failures += 1;
    });
  });
}

function openWebSocket(): Promise<void> {
  return new Promise((resolve, reject) => {
    const path = job.paths[(pathTurn = (pathTurn + 1) % job.paths.length)] ?? '/';
    const socket = new WebSocket(`ws://127.0.0.1:${job.port}${path}`);
    let dueAt = 0;
    const connection: Connection = {
      send: () => {
        dueAt = waiting.shift() ?? performance.now();
        socket.send(job.body);
      },
    };
    socket.once('open', () => {
      resolve();
      next(connection);
    });
    socket.on('message', (data: Buffer) => {
      answered(dueAt, data.includes(RESULT));
      next(connection);
    });
    socket.once('error', reject);
  });
}

/** Calls `due` at the rate with some 50 µs of precision, from a thread that sleeps in between. */
function pace(ratePerSecond: number, due: () => void): Worker {
  const clock = new Worker(
    `const { parentPort } = require('node:worker_threads');
     const cell = new Int32Array(new SharedArrayBuffer(4));
     const startedAt = performance.now();
     for (let index = 0; ; index += 1) {
       const aheadMs = startedAt + (index * 1000) / ${ratePerSecond} - performance.now();
       if (aheadMs > 0) Atomics.wait(cell, 0, 0, aheadMs);
       parentPort.postMessage(0);
     }`,
    { eval: true },
  );
  clock.on('message', due);
  return clock;
}

const open = job.transport === 'http' ? openHttp : openWebSocket;
for (let index = 0; index < job.connections; index += 64) {
  await Promise.all(Array.from({ length: Math.min(64, job.connections - index) }, open));
}
if (job.ratePerSecond !== null) {
  pace(job.ratePerSecond, () => {
    waiting.push(performance.now());
    free.shift()?.send();
  });
}
countFrom = performance.now() + job.warmSeconds * 1_000;
countTo = countFrom + job.seconds * 1_000;
await new Promise((resolve) => setTimeout(resolve, countTo - performance.now()));
isOver = true;
const result: LoadResult = {
  answers,
  seconds: job.seconds,
  answersInAll,
  p50Us: percentile(latenciesUs, 0.5),
  p99Us: percentile(latenciesUs, 0.99),
  failures: failures + waiting.length,
};
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
