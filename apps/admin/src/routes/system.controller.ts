import { Controller, Get, Header, ServiceUnavailableException } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { Access } from '#libs/auth';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { Answers } from '../http/answers.js';
import { PROBLEMS } from '../http/problem.js';
import { Readiness } from '../readiness.js';

const statusSchema = z.object({ status: z.literal('ok') }).meta({ id: 'Status' });

/** Liveness, readiness, and the explanation of problems. */
@ApiTags('System')
@Controller()
export class SystemController {
  constructor(
    private readonly readiness: Readiness,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  @Get('livez')
  @Access('public')
  @Answers({ summary: 'The process runs', schema: statusSchema, isPublic: true })
  live() {
    return { status: 'ok' as const };
  }

  @Get('readyz')
  @Access('public')
  @Answers({ summary: 'It can serve', schema: statusSchema, isPublic: true, problems: [503] })
  async ready() {
    if (this.readiness.isStopping) throw new ServiceUnavailableException('The process is stopping.');
    try {
      await this.dataSource.query('SELECT 1');
    } catch {
      throw new ServiceUnavailableException('PostgreSQL does not answer.');
    }
    return { status: 'ok' as const };
  }

  @Get('problems')
  @Access('public')
  @Header('content-type', 'text/html; charset=utf-8')
  @Answers({ summary: 'What each problem code means', schema: z.string(), isPublic: true, mediaType: 'text/html' })
  problems() {
    return PROBLEMS_PAGE;
  }
}

const PROBLEMS_PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Problems</title>
<style>body{font:16px/1.5 system-ui;max-width:46rem;margin:2rem auto;padding:0 1rem}h2{font:600 1rem ui-monospace,monospace}</style>
<h1>Problems</h1><p>Error answers are <code>application/problem+json</code> (RFC 9457). Tell cases apart by <code>code</code>; name the <code>requestId</code> when you report one.</p>
${Object.entries(PROBLEMS)
  .map(([code, [status, text]]) => `<h2 id="${code}">${code} (${status})</h2><p>${text.replaceAll('<', '&lt;')}</p>`)
  .join('\n')}
</html>`;
