/** One allowed origin, parsed. */
interface OriginRule {
  /** null: http and https. */
  readonly scheme: string | null;
  /** ASCII (punycode) and lower case, without `*.`. */
  readonly host: string;
  /** Any depth below the host, not the host itself. */
  readonly below: boolean;
  /** Empty: the scheme's own port. */
  readonly port: string;
}

const PATTERN = /^(?:(https?):\/\/)?(\*\.)?([^\s/?#@\\*:[\]]+|\[[0-9a-fA-F:.]+\])(?::([0-9]{1,5}))?$/i;
/** An `Origin` header is a scheme and an authority, nothing else (RFC 6454). */
const ORIGIN = /^https?:\/\/(?!\.)[^\s/?#@\\,*]+$/i;

/** `[https://]host[:port]` or `[https://]*.host[:port]` as a rule; null when it is neither. */
export function parseOriginRule(text: string): OriginRule | null {
  const match = PATTERN.exec(text);
  if (match === null) return null;
  const [, scheme, wildcard, host = '', port] = match;
  const url = parsed(`${scheme ?? 'http'}://${host}${port === undefined ? '' : `:${port}`}`);
  if (url === null || url.hostname === '') return null;
  // A suffix of one label (`*.com`) would admit strangers.
  if (wildcard !== undefined && !url.hostname.includes('.')) return null;
  const effectivePort = scheme === undefined && port !== undefined ? port : url.port;
  return {
    scheme: scheme?.toLowerCase() ?? null,
    host: url.hostname,
    below: wildcard !== undefined,
    port: effectivePort,
  };
}

/** The rule as it is stored and shown. */
export function originRuleText(rule: OriginRule): string {
  const scheme = rule.scheme === null ? '' : `${rule.scheme}://`;
  return `${scheme}${rule.below ? '*.' : ''}${rule.host}${rule.port === '' ? '' : `:${rule.port}`}`;
}

/** True when the `Origin` header's parsed host, scheme and port meet a rule. `null` and broken texts never do. */
export function originAllowed(rules: readonly OriginRule[], header: string): boolean {
  if (header.length > 300 || !ORIGIN.test(header)) return false;
  const url = parsed(header);
  if (url === null || url.username !== '' || url.password !== '' || (url.pathname !== '/' && url.pathname !== ''))
    return false;
  return rules.some(
    (rule) =>
      (rule.scheme === null || `${rule.scheme}:` === url.protocol) &&
      rule.port === url.port &&
      (rule.below ? url.hostname.endsWith(`.${rule.host}`) : url.hostname === rule.host),
  );
}

function parsed(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
