import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Readiness, type ReadinessReport } from './readiness.js';

/** For orchestrators and balancers. Liveness asks nobody else: a database that is away must not restart gateways. */
@Controller()
export class HealthController {
  constructor(private readonly readiness: Readiness) {}

  @Get('livez')
  livez(): { readonly status: 'alive' } {
    return { status: 'alive' };
  }

  @Get('readyz')
  readyz(@Res({ passthrough: true }) reply: FastifyReply): ReadinessReport {
    const report = this.readiness.report();
    reply.code(report.ready ? 200 : 503);
    return report;
  }
}
