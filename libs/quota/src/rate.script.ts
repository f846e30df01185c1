/**
 * Adds one process' units to a key's shared window and tells the sum over all processes.
 *
 * KEYS[1]  hash of the rate key, `<prefix>:{<key>}`; fields are window numbers by Redis' clock; lives three windows
 * ARGV     1 units since the last call, 2 window in ms
 * Result   units of everyone in the sliding window that ends now, rounded up
 */
export const RATE_SCRIPT = `
local time, window = redis.call('TIME'), tonumber(ARGV[2])
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local index = math.floor(now / window)
local current = redis.call('HINCRBY', KEYS[1], string.format('%.0f', index), ARGV[1])
local previous = tonumber(redis.call('HGET', KEYS[1], string.format('%.0f', index - 1)) or 0)
for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
  if tonumber(field) < index - 1 then redis.call('HDEL', KEYS[1], field) end
end
redis.call('PEXPIRE', KEYS[1], window * 3)
return math.ceil(current + previous * (1 - (now - index * window) / window))
`;
