import { csv } from '#libs/config';
import { z } from 'zod';
import { LOOPBACK_HOSTS } from './egress/webhook-url.js';

/** A whole number in an entry of a list, or alone. */
export const wholeNumber = (min: number, max: number) => z.string().transform(Number).pipe(z.int().min(min).max(max));

/** What admin and worker must be told alike, so that a URL that was saved can be reached. */
export const sharedAlertsEnvironment = {
  ALERTS_KEK: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, 'must have 64 hex digits')
    .optional()
    .describe('key-encryption key of alert channels, the same for admin and worker; without it there are none'),
  ALERTS_PORTS: csv('ports that webhooks may have')
    .pipe(z.array(wholeNumber(1, 65_535)).min(1))
    .default([443]),
  ALERTS_LOOPBACK_HOSTS: csv('loopback hosts that webhooks may reach, by http too; for development alone')
    .pipe(z.array(z.enum(LOOPBACK_HOSTS)))
    .default([]),
};
