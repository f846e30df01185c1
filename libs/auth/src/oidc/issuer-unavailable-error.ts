import { ServiceUnavailableException } from '@nestjs/common';

/** An issuer's keys cannot be had, so its tokens can be neither believed nor refused. Answers 503. */
export class IssuerUnavailableError extends ServiceUnavailableException {
  constructor(issuer: string) {
    super(`The issuer ${issuer} gives no keys just now, so its tokens cannot be checked. Ask again in a minute.`);
  }
}
