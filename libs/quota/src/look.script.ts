/**
 * Tells whether a server (of a Cluster: a primary) still is the process, with the state, that it was.
 *
 * KEYS[1]  generation, `<prefix>:generation` (of a Cluster's primary `<prefix>:generation:{<tag>}`): a random value that a flush takes away
 * ARGV     1 the generation to set where there is none
 * Result   run id of the server and the generation, in one text
 */
export const LOOK_SCRIPT = `
redis.call('SET', KEYS[1], ARGV[1], 'NX')
return string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') .. '/' .. redis.call('GET', KEYS[1])
`;
