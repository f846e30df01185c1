#!/bin/sh
# The same in four commands and a relay, by the command line: what an operator types. `portal quickstart` is all of it in one.
set -eu
portal() { node "${PORTAL_PROGRAM:-dist/apps/portal/src/main.js}" --output json "$@"; }
field() { node -p "JSON.parse(require('fs').readFileSync(0, 'utf8')).$1"; }

PORTAL_TENANT=$(portal tenants create --name "Example $(date -u +%FT%TZ)" | field tenantId)
export PORTAL_TENANT
application=$(portal applications create --source managed --name 'First application' --chains eth-mainnet --stake-pokt 1000 --wait 60 |
  field applicationId)
endpoint=$(portal endpoints create --name 'First endpoint' --application-ids "$application" | field endpointId)
url=$(portal keys create --endpoint "$endpoint" --name 'First key' | field url)
url=$(printf '%s' "$url" | sed 's/{chain}/eth-mainnet/')
echo "endpoint $url"
# On the public network the first session that counts the stake begins within the hour: repeat this line until then.
curl --silent --show-error --fail "$url" \
  --header 'content-type: application/json' \
  --data '{"jsonrpc":"2.0","id":1,"method":"eth_blockNumber","params":[]}'
echo
