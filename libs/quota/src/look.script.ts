/**
 * Tells whether a shard of a Redis Cluster still is the process, with the state, that it was.
 *
 * KEYS[1]  generation of the shard, `<prefix>:generation:{<tag>}`: a random value that a flush takes away
 * ARGV     1 the generation to set where there is none
 * Result   run id of the server and the generation, in one text
 */
export const LOOK_SCRIPT = `
redis.call('SET', KEYS[1], ARGV[1], 'NX')
return string.match(redis.call('INFO', 'server'), 'run_id:(%x+)') .. '/' .. redis.call('GET', KEYS[1])
`;
