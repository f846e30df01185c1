/**
 * Leases relays of one node's allowance in one session.
 *
 * KEYS[1]  hash of the session, `<prefix>:{<session>}`; a field per node: relays leased out by everyone, used or not
 * ARGV     1 node, 2 allowance of the node, 3 relays wanted, 4 relays the caller was leased before, 5 time to live in seconds
 * Result   relays leased now: at least 1 while any is free, at most a quarter of what is free
 *
 * A caller that holds more than the hash knows tells that state was lost; the count then begins at what it holds, and what others held
 * is missing until they call. The node counts for itself and refuses what is too much.
 */
export const ALLOWANCE_SCRIPT = `
local allowance, wanted, held = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local taken = math.max(held, tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or 0))
local free = allowance - taken
local grant = 0
if free > 0 then grant = math.max(1, math.min(wanted, math.floor(free / 4))) end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', taken + grant))
redis.call('EXPIRE', KEYS[1], ARGV[5])
return grant
`;
