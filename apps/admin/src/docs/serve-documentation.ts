import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import type { RawDocument } from '../openapi/raw-document.js';
import { apiPage } from './api-page.js';
import { llmsText } from './llms-text.js';
import { PAGE_SCRIPT } from './page-script.js';
import { PAGE_STYLE } from './page-style.js';

/**
 * Serves the document at `/openapi.json`, the page that reads it out at `/docs`, the same as Markdown for language models at `/llms.txt`,
 * and at `/docs/try` a form for each operation. All from this process: no CDN.
 */
export function serveDocumentation(app: NestFastifyApplication, document: OpenAPIObject): void {
  const raw = document as unknown as RawDocument;
  const page = apiPage(raw);
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  const texts: ReadonlyArray<readonly [path: string, type: string, text: string]> = [
    ['/docs', 'text/html', page],
    ['/docs/page.css', 'text/css', PAGE_STYLE],
    ['/docs/page.js', 'text/javascript', PAGE_SCRIPT],
    ['/llms.txt', 'text/markdown', llmsText(raw)],
  ];
  for (const [path, type, text] of texts) {
    fastify.get(path, (_request, reply) => reply.type(`${type}; charset=utf-8`).send(text));
  }
  SwaggerModule.setup('docs/try', app, document, {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    customSiteTitle: 'Try the POKT portal admin API',
    swaggerOptions: { persistAuthorization: true, docExpansion: 'list', displayRequestDuration: true, filter: true },
  });
}
