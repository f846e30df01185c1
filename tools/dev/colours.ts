import pc from 'picocolors';

/** Colours for a person at a terminal. Unlike picocolors' own choice, `CI` does not turn them on in a log file. */
export const colours = pc.createColors(
  process.stdout.isTTY === true && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb',
);
