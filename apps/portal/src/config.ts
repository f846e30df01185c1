import { z } from 'zod';

/** Environment of the command line; every variable has an option of the same meaning, which goes first. */
export const portalEnvironment = {
  PORTAL_URL: z.string().optional().describe('admin API'),
  PORTAL_TOKEN: z.string().optional().describe('credential'),
  PORTAL_TOKEN_FILE: z.string().optional().describe('file that holds the credential'),
  /** npm sets it to where `npm run` was typed, while it runs the program in the checkout. */
  INIT_CWD: z.string().optional(),
  PORTAL_TENANT: z.string().optional().describe('tenant of commands that take --tenant'),
};

/** The parsed environment. */
export type PortalEnvironment = z.infer<z.ZodObject<typeof portalEnvironment>>;

/** Reads the environment of this process. Empty variables count as absent. */
export function readEnvironment(): PortalEnvironment {
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  return z.object(portalEnvironment).parse(given);
}
