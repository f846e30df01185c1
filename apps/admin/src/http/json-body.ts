import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from './problem.js';

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:]/g;

/** Members that reach for prototypes; the framework would drop `prototype` without a word. */
const OF_PROTOTYPES: ReadonlySet<string> = new Set(['"__proto__"', '"constructor"', '"prototype"']);

/**
 * Reads JSON bodies as Fastify does, and refuses with 400 what cannot be taken at its word: members that reach for prototypes, and an
 * object that names a member twice, of which whatever else reads the same text (a proxy, another language) may take the other.
 *
 * @param bodyLimit bytes; more is 413
 */
export function readJsonBodies(app: NestFastifyApplication, bodyLimit: number): void {
  const parse = app.getHttpAdapter().getInstance().getDefaultJsonParser('error', 'error');
  app.useBodyParser('application/json', { bodyLimit }, (request, body, done) => {
    const text = body.toString('utf8');
    void parse(request as FastifyRequest, text, (error, value: unknown) => {
      const fault = error ? null : memberFault(text);
      done(fault === null ? error : new ProblemError('invalid', fault), value);
    });
  });
}

/** What is wrong with the first member of a valid JSON text that reaches for prototypes or is named twice in one object, however it is escaped; null when none is. */
export function memberFault(json: string): string | null {
  const open: Array<Set<string> | null> = [];
  let lastString = '';
  for (const [token] of json.matchAll(TOKEN)) {
    if (token === '{') open.push(new Set());
    else if (token === '[') open.push(null);
    else if (token === '}' || token === ']') open.pop();
    else if (token !== ':') lastString = token;
    else {
      const names = open.at(-1);
      const name = lastString.includes('\\') ? JSON.stringify(JSON.parse(lastString)) : lastString;
      if (OF_PROTOTYPES.has(name)) return `The body may name no member ${name}.`;
      if (names?.has(name)) return `The body names ${name.slice(0, 100)} twice in one object.`;
      names?.add(name);
    }
  }
  return null;
}
