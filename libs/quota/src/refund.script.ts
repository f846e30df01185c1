/**
 * Gives back units spent on an earlier day (units of the current day go back into the lease in memory).
 *
 * KEYS[1]  hash of the application, see `lease.script.ts`
 * ARGV     1 instance, 2 day (days since 1970), 3 units
 * Result   units given back: never more than the instance holds on that day
 */
export const REFUND_SCRIPT = `
local ft, fh = 't:' .. ARGV[2], 'h:' .. ARGV[2] .. ':' .. ARGV[1]
local stored = redis.call('HGET', KEYS[1], fh)
if not stored then return 0 end
local held, sequence = string.match(stored, '^(%d+):(%d+)$')
local units = math.min(tonumber(held), tonumber(ARGV[3]))
if units == 0 then return 0 end
redis.call('HSET', KEYS[1], fh, string.format('%.0f:%s', held - units, sequence))
redis.call('HINCRBY', KEYS[1], ft, string.format('%.0f', -units))
redis.call('HINCRBY', KEYS[1], 'v:' .. ARGV[2], 1)
return units
`;
