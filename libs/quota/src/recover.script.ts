/**
 * Returns what a dead instance leased and did not spend, and fences it: its own later calls answer "out of date".
 * Repeating it changes nothing.
 *
 * KEYS[1]  hash of the application, see `lease.script.ts`
 * ARGV     1 instance, then pairs: day (days since 1970), units spent on it
 * Result   units returned over all days still remembered
 */
export const RECOVER_SCRIPT = `
local spent = {}
for i = 2, #ARGV, 2 do spent[ARGV[i]] = tonumber(ARGV[i + 1]) end
local returned = 0
local today = math.floor(redis.call('TIME')[1] / 86400)
for day = today - 2, today + 1 do
  local fh = 'h:' .. day .. ':' .. ARGV[1]
  local stored = redis.call('HGET', KEYS[1], fh)
  if stored then
    local held = tonumber(string.match(stored, '^(%d+):'))
    local used = spent[tostring(day)] or 0
    redis.call('HSET', KEYS[1], fh, string.format('%.0f:9007199254740991', used))
    if held ~= used then
      redis.call('HINCRBY', KEYS[1], 't:' .. day, string.format('%.0f', used - held))
      redis.call('HINCRBY', KEYS[1], 'v:' .. day, 1)
      returned = returned + held - used
    end
  end
end
return returned
`;
