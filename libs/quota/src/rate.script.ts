/**
 * Adds one process' units to a key's shared window and tells the sum over all processes, and how many they are.
 *
 * KEYS[1]  hash of the rate key, `<prefix>:{<key>}`; lives three windows. Fields: window numbers by Redis' clock with their units,
 *          `p:<instance>` with the window in which that process last called
 * ARGV     1 units since the last call, 2 window in ms, 3 instance
 * Result   { units of everyone in the sliding window that ends now, rounded up; processes of this window and the one before }
 */
export const RATE_SCRIPT = `
local time, window = redis.call('TIME'), tonumber(ARGV[2])
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local index = math.floor(now / window)
redis.call('HINCRBY', KEYS[1], string.format('%.0f', index), ARGV[1])
redis.call('HSET', KEYS[1], 'p:' .. ARGV[3], string.format('%.0f', index))
local current, previous, processes = 0, 0, 0
local all = redis.call('HGETALL', KEYS[1])
for at = 1, #all, 2 do
  local field, value = all[at], tonumber(all[at + 1])
  local isProcess = string.sub(field, 1, 2) == 'p:'
  local of = isProcess and value or tonumber(field)
  if of < index - 1 then redis.call('HDEL', KEYS[1], field)
  elseif isProcess then processes = processes + 1
  elseif of == index then current = value
  else previous = value end
end
redis.call('PEXPIRE', KEYS[1], window * 3)
return { math.ceil(current + previous * (1 - (now - index * window) / window)), processes }
`;
