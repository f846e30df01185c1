import { describe, expect, it } from 'vitest';
import { Terminal } from './terminal.js';

function recorder(isTTY: boolean, columns = 80) {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

describe('terminal', () => {
  it('writes no control characters to a file', () => {
    const stream = recorder(false);
    const terminal = new Terminal(stream);
    terminal.setStatus('1 relay');
    terminal.say('gateway', 'ready');
    terminal.clearStatus();
    expect(stream.written).toEqual(['status    1 relay\n', 'gateway   ready\n']);
  });

  it('keeps the status line below what is printed', () => {
    const stream = recorder(true);
    const terminal = new Terminal(stream);
    terminal.setStatus('1 relay');
    terminal.say('gateway', 'ready');
    expect(stream.written.join('')).toBe('1 relay\r\u001b[2Kgateway   ready\n1 relay');
    terminal.clearStatus();
    terminal.say('stop', 'done');
    expect(stream.written.join('').endsWith('\r\u001b[2Kstop      done\n')).toBe(true);
  });

  it('cuts a status line that would wrap, because a wrapped one cannot be erased', () => {
    const stream = recorder(true, 10);
    new Terminal(stream).setStatus('123456789012');
    expect(stream.written).toEqual(['12345678…']);
  });

  it('prefixes every line of a text', () => {
    const stream = recorder(false);
    new Terminal(stream).say('a', 'one\ntwo');
    expect(stream.written).toEqual(['a         one\n', 'a         two\n']);
  });
});
