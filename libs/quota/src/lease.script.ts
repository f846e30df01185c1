/**
 * The one script through which leases are taken, cut, returned and registered again.
 *
 * KEYS[1]  hash of the application, `<prefix>:{<applicationId>}`; the braces keep all of an application in one Cluster slot. Fields:
 *          `run`                 run id of the Redis process that wrote last: another one means a restart or a failover
 *          `epoch`               Unix ms at which this state began (creation, restart, failover); states of two epochs may disagree
 *          `be` `bv:<day>` `bt:<day>`  epoch, version and taken units this epoch started from; raised by clients that know more
 *          `re` `rv:<day>`       epoch and version that the state itself had when this epoch began
 *          `openAt`              Unix ms before which nothing is leased, because processes still register what they hold
 *          `mayBeFlush`          1 while openAt was set only because some flush, or a promotion, happened since Redis started
 *          `unseeded`            day whose stored usage has not been compared yet
 *          `t:<day>`             taken: units leased out (spent or not) by everyone on the day (days since 1970)
 *          `v:<day>`             version: number of changes of taken
 *          `h:<day>:<instance>`  "<held>:<sequence>": units leased to the instance, spent or not, and its last call's number
 *          Time to live 72 h, renewed by every call: longer than two days in every time zone of a late refund.
 * ARGV     1 instance, 2 sequence, 3 day the caller's figures are for, 4 spent, 5 known epoch, 6 known version, 7 known taken,
 *          8 known held, 9 limit, 10 block wanted beyond the units, 11 lease divisor, 12 settle ms,
 *          13 mode: 0 lease, 1 cut the lease to the limit first, 2 return what is unspent, 14 stored usage ('' = not asked),
 *          15 epoch that the caller proved not to stem from a flush ('' = none), 16.. units of the waiting admissions, in order
 * Result   { status, day, Unix µs, held, taken, version, epoch, ms until open }; status:
 *          0 done · 1 the caller's figures are for another day: nothing changed · 2 settling: nothing leased ·
 *          3 unseeded: nothing leased · 4 out of date: a later call of this instance was seen, or it was recovered as dead ·
 *          5 repeated: this very call was done before, and the figures are what came of it (a Cluster client sends a call
 *          again whose answer a failover swallowed)
 *
 * Overshoot is impossible while the state is whole: taken never rises above the limit here, and an instance spends only what it holds.
 */
export const LEASE_SCRIPT = `
local key, instance, sequence = KEYS[1], ARGV[1], tonumber(ARGV[2])
local spent, limit = tonumber(ARGV[4]), tonumber(ARGV[9])
local time = redis.call('TIME')
local micros = time[1] * 1000000 + time[2]
local now = math.floor(micros / 1000)
local day = math.floor(time[1] / 86400)
local settle = tonumber(ARGV[12])

local server = redis.call('INFO', 'server')
local run = string.match(server, 'run_id:(%x+)')
local ft, fv, fh, fbv, fbt = 't:' .. day, 'v:' .. day, 'h:' .. day .. ':' .. instance, 'bv:' .. day, 'bt:' .. day
local frv = 'rv:' .. day
local f = redis.call('HMGET', key, 'run', 'epoch', 'openAt', 'unseeded', ft, fv, fh, 'be', fbv, fbt, 'day', 're', frv)
local epoch, openAt, unseeded = tonumber(f[2] or 0), tonumber(f[3] or 0), f[4]
local taken, version = tonumber(f[5] or 0), tonumber(f[6] or 0)
local be, bv, bt = tonumber(f[8] or 0), tonumber(f[9] or 0), tonumber(f[10] or 0)
local held, last, began = 0, 0, false
if f[7] then
  local h, s = string.match(f[7], '^(%d+):(%d+)$')
  held, last = tonumber(h), tonumber(s)
end

if not f[1] then
  -- Nothing is known: a new application, or lost state. Only a flush, a recent start of Redis or its promotion can have lost it.
  epoch, unseeded = now, tostring(day)
  local uptime = tonumber(string.match(server, 'uptime_in_seconds:(%d+)')) * 1000
  local flushed = string.find(redis.call('INFO', 'commandstats'), 'cmdstat_flush')
  -- A promoted replica never heard of an application that came up within its lag.
  local promoted = string.match(redis.call('INFO', 'replication'), 'second_repl_offset:(%-?%d+)')
  flushed = flushed or (promoted and promoted ~= '-1')
  local isStart = uptime < settle + 1000
  if flushed or isStart then openAt = now + settle end
  redis.call('HSET', key, 'mayBeFlush', isStart and 0 or 1, 'run', run, 'epoch', epoch, 'openAt', openAt, 'unseeded', unseeded, 'be', 0)
elseif f[1] ~= run then
  began = true
  be, bv, bt = epoch, version, taken
  epoch, openAt, unseeded = math.max(now, epoch + 1), now + settle, tostring(day)
  redis.call('HSET', key, 'mayBeFlush', 0, 'run', run, 'epoch', epoch, 'openAt', openAt, 'unseeded', unseeded, 'be', be, fbv, bv, fbt, bt, 're', be, frv, bv)
end
redis.call('EXPIRE', key, 259200)
if f[11] ~= tostring(day) then
  redis.call('HSET', key, 'day', day)
  for _, field in ipairs(redis.call('HKEYS', key)) do
    local d = string.match(field, '^%l+:(%d+)')
    if d and tonumber(d) < day - 2 then redis.call('HDEL', key, field) end
  end
end

local function answer(status)
  return { status, day, micros, held, taken, version, epoch, math.max(0, openAt - now) }
end
if sequence == last then return answer(5) end
if sequence < last then return answer(4) end
if tonumber(ARGV[3]) ~= day then return answer(1) end

-- What the caller knows from an earlier epoch and this state lost. Version order within an epoch is the order of changes.
local ke, kv, kt, kh = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
if ke > 0 and ke ~= epoch then
  -- A caller that is ahead of this state knows its own lease best: a lease found larger here was returned in the part that was lost.
  local re, rv = tonumber(f[12] or 0), tonumber(f[13] or 0)
  if began then re, rv = be, bv end
  local isAhead = ke > re or (ke == re and kv > rv)
  held = isAhead and kh or math.max(held, kh)
  if ke > be or (ke == be and kv > bv) then
    if kt > bt then
      taken = taken + kt - bt
      bt = kt
    end
    be, bv = ke, kv
    version = version + 1
    redis.call('HSET', key, 'be', be, fbv, bv, fbt, bt)
  end
end
-- Units admitted without a lease while Redis was away.
if spent > held then
  taken = taken + spent - held
  held = spent
  version = version + 1
end
if ARGV[14] ~= '' and unseeded then
  local stored = tonumber(ARGV[14])
  if unseeded == tostring(day) and stored > taken then
    bt = bt + stored - taken
    taken = stored
    version = version + 1
    redis.call('HSET', key, fbt, bt)
  end
  redis.call('HDEL', key, 'unseeded')
  unseeded = false
end

local unspent = held - spent
local mode = ARGV[13]
local back = 0
if mode == '2' then
  back = unspent
elseif mode == '1' and taken > limit then
  back = math.min(unspent, taken - limit)
end
if back > 0 then
  held, taken, unspent = held - back, taken - back, unspent - back
  version = version + 1
end

if ARGV[15] == string.format('%.0f', epoch) and now < openAt and redis.call('HGET', key, 'mayBeFlush') == '1' then
  openAt = 0
  redis.call('HSET', key, 'openAt', 0)
end
local status = 0
if unseeded then status = 3 elseif now < openAt then status = 2 end
if status == 0 and mode ~= '2' then
  local free = math.max(0, limit - taken)
  local served = 0
  for i = 16, #ARGV do
    local units = tonumber(ARGV[i])
    if served + units <= unspent + free then served = served + units end
  end
  local grant = math.max(0, served - unspent)
  local block = math.min(tonumber(ARGV[10]), math.floor((free - grant) / tonumber(ARGV[11])))
  grant = grant + math.max(0, block)
  if grant > 0 then
    held, taken = held + grant, taken + grant
    version = version + 1
  end
end
redis.call('HSET', key, ft, taken, fv, version, fh, string.format('%.0f:%.0f', held, sequence))
return answer(status)
`;

/** Values of the result's status. */
export const LeaseStatus = { done: 0, otherDay: 1, settling: 2, unseeded: 3, outOfDate: 4, repeated: 5 } as const;

/** Values of the mode argument. */
export const LeaseMode = { lease: 0, cut: 1, release: 2 } as const;
