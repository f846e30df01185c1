/** Colours only for a person who watches a terminal and has not asked for none (no-color.org). */
const coloured = Boolean(process.stdout.isTTY) && !process.env.NO_COLOR && process.env.TERM !== 'dumb';
const paint = (code) => (text) => (coloured ? `\u001b[${code}m${text}\u001b[39m` : text);

export const green = paint(32);
export const red = paint(31);
export const cyan = paint(36);
export const grey = paint(90);

/** One line of progress: a fixed-width prefix, so that the eye finds who speaks. */
export function say(who, text) {
  console.log(`${cyan(who.padEnd(9))} ${text}`);
}

/** Prints why nothing can go on and ends the process. */
export function giveUp(who, text) {
  console.error(`${red(who.padEnd(9))} ${text}`);
  process.exit(1);
}
