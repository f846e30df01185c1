/** The oldest Node that the pinned packages run on (package.json, "engines"). */
export const NODE_VERSION_MIN = [20, 19];

/**
 * @param {string} version `process.versions.node`
 * @returns {string | null} what is wrong, or null
 */
export function nodeVersionProblem(version) {
  const [major, minor] = version.split('.').map(Number);
  const [majorMin, minorMin] = NODE_VERSION_MIN;
  if (major > majorMin || (major === majorMin && minor >= minorMin)) return null;
  return `This needs Node.js ${majorMin}.${minorMin} or newer, and this is ${version}. Install a current one from https://nodejs.org, then run the command again.`;
}
