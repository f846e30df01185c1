/** Settings under which a rehearsal runs. */
export interface Profile {
  readonly environment: Readonly<Record<string, string>>;
  /** Settings of the endpoint that the clients use. */
  readonly endpoint: Readonly<Record<string, unknown>>;
}

/**
 * What operators choose between: `default` costs no relay that no client asked for; `probing` looks at nodes for a twentieth
 * of the relays; `quorum` puts every read to three nodes besides, `quorum5` to all five of a session.
 */
export const PROFILES = {
  default: { environment: {}, endpoint: {} },
  probing: { environment: { PROBE_SHARE: '0.05', EXTRA_RELAYS_SHARE: '0.05' }, endpoint: {} },
  quorum: { environment: { PROBE_SHARE: '0.05', EXTRA_RELAYS_SHARE: '0.05' }, endpoint: { readQuorum: 3 } },
  quorum5: { environment: { PROBE_SHARE: '0.05', EXTRA_RELAYS_SHARE: '0.05' }, endpoint: { readQuorum: 5 } },
} satisfies Readonly<Record<string, Profile>>;

/** Name of one of {@link PROFILES}. */
export type ProfileName = keyof typeof PROFILES;

/** Whether a word names a profile. */
export function isProfileName(word: string): word is ProfileName {
  return Object.hasOwn(PROFILES, word);
}
