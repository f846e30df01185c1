/** An API key anywhere in a text: `pk_`, then letters, digits and underscores. */
const API_KEY = /\bpk_[0-9A-Za-z_]+/g;

/** User information in a URL: everything between `//` and `@`. */
const USER_INFO = /\/\/[^/@\s]*@/g;

/** The same text with API keys and URL passwords cut out, so that it can be logged or printed. */
export function redactUrl(text: string): string {
  return text.replace(API_KEY, 'pk_[redacted]').replace(USER_INFO, '//[redacted]@');
}
