import { Controller, Get, Header, NotFoundException, Param, ServiceUnavailableException } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { Access } from '#libs/auth';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import { problemListPage, problemPage } from '../docs/problem-pages.js';
import { Answers } from '../http/answers.js';
import { PROBLEMS, type ProblemCode } from '../http/problem.js';
import { Readiness } from '../readiness.js';

const statusSchema = z.object({ status: z.literal('ok').describe('ok: it does') }).meta({ id: 'Status' });
const problemCode = z
  .string()
  .max(64)
  .describe('Stable code of the problem')
  .meta({ examples: ['not-found'] });

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
  @Answers({ summary: 'List problem codes', schema: z.string(), isPublic: true, mediaType: 'text/html' })
  problems() {
    return problemListPage();
  }

  @Get('problems/:code')
  @Access('public')
  @Header('content-type', 'text/html; charset=utf-8')
  @Answers({
    summary: 'Explain a problem code',
    description: 'What happened, what to do, and an example; `type` of every problem leads here.',
    schema: z.string(),
    isPublic: true,
    mediaType: 'text/html',
    problems: [404],
  })
  problem(@Param('code', { schema: problemCode }) code: string) {
    if (!(code in PROBLEMS)) throw new NotFoundException('No problem has this code.');
    return problemPage(code as ProblemCode);
  }
}
