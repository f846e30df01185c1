// Made by `npm run generate:client` from the admin API’s OpenAPI document; changes here are lost.

export interface paths {
  '/v1/tenants': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List or search tenants
     * @description A tenant’s token sees its own tenant only, a person the tenants that he is a member of.
     */
    get: operations['listTenants'];
    put?: never;
    /** Create a tenant */
    post: operations['createTenant'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a tenant */
    get: operations['getTenant'];
    put?: never;
    post?: never;
    /**
     * Delete a tenant, after a grace
     * @description Every key answers 403 at once, on every gateway within a second. At `deletesAt` keys, members, settings and everything personal is erased, managed applications are unstaked and their POKT goes back to the treasury; usage and audit entries stay. Until then it can be restored.
     */
    delete: operations['deleteTenant'];
    options?: never;
    head?: never;
    /**
     * Change a tenant
     * @description Name, contact, the operators’ notes, and the notice that the tenant is shown. Absent fields keep their value.
     */
    patch: operations['updateTenant'];
    trace?: never;
  };
  '/v1/tenants/{tenantId}/suspend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Suspend a tenant
     * @description Every key of the tenant answers 403 with the reason, on every gateway within a second.
     */
    post: operations['suspendTenant'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Resume a suspended tenant */
    post: operations['resumeTenant'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/restore': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take a deletion back
     * @description Everything is as it was: a tenant that was suspended is suspended.
     */
    post: operations['restoreTenant'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Export all of a tenant’s data
     * @description Streamed, of one instant: the tenant, its applications (without private keys), endpoints, keys (without their text), members, usage by day, audit entries. The last line has the type `end` and the number of lines before it; without it the export is not whole.
     */
    get: operations['exportTenant'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/applications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List applications */
    get: operations['listApplications'];
    put?: never;
    /**
     * Create an application
     * @description A managed one is funded and staked from the operator’s treasury, so only operators create it. Waits until the stake is in a block, up to the configured time. If `isSettled` is false then, ask again (with the same Idempotency-Key, or `settle`): nothing is paid twice.
     */
    post: operations['createApplication'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/applications/{applicationId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get an application
     * @description With its stake, daily limit, per-session allowance, and what was used today.
     */
    get: operations['getApplication'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/applications/{applicationId}/stake': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Raise the stake, or change its chains
     * @description The daily limit rises as soon as the ledger has it. Waits until the stake is in a block, up to the configured time. If `isSettled` is false then, ask again (with the same Idempotency-Key, or `settle`): nothing is paid twice.
     */
    post: operations['stakeApplication'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/applications/{applicationId}/transfer': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Move the stake to a new key
     * @description Makes and seals a new key and its AAT, and moves stake, chains and allowance to it on the ledger. The id stays, so endpoint URLs and keys stay, too. Sessions belong to keys: this application serves again from `usableFromHeight`, the next session; other applications of an endpoint carry its relays until then. Waits until the stake is in a block, up to the configured time. If `isSettled` is false then, ask again (with the same Idempotency-Key, or `settle`): nothing is paid twice.
     */
    post: operations['transferApplication'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/applications/{applicationId}/unstake': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Give up the stake
     * @description The daily limit is 0 from the block that has it; POKT returns after the unstaking time. Waits until the stake is in a block, up to the configured time. If `isSettled` is false then, ask again (with the same Idempotency-Key, or `settle`): nothing is paid twice.
     */
    post: operations['unstakeApplication'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/applications/{applicationId}/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Return an unstaked application’s POKT
     * @description Sends all that the application’s account holds, less the fee, to the treasury or to the address given, once the unstaking time is over. Waits until it is in a block, up to the configured time; while `isSettled` is false, repeat it: nothing is paid twice.
     */
    post: operations['withdrawApplication'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/applications/{applicationId}/settle': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Continue an unfinished stake, transfer or unstake
     * @description Changes nothing that was not requested before, so it takes no Idempotency-Key and may be repeated freely.
     */
    post: operations['settleApplication'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/endpoints': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List endpoints */
    get: operations['listEndpoints'];
    put?: never;
    /** Create an endpoint */
    post: operations['createEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/endpoints/{endpointId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get an endpoint */
    get: operations['getEndpoint'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change an endpoint
     * @description Absent fields keep their value. In force on every gateway within a second.
     */
    patch: operations['updateEndpoint'];
    trace?: never;
  };
  '/v1/tenants/{tenantId}/endpoints/{endpointId}/suspend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Suspend an endpoint */
    post: operations['suspendEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/endpoints/{endpointId}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Resume a suspended endpoint */
    post: operations['resumeEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/endpoints/{endpointId}/keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List keys, revoked ones included */
    get: operations['listKeys'];
    put?: never;
    /**
     * Create an API key
     * @description The key is in this answer and nowhere else.
     */
    post: operations['createKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/endpoints/{endpointId}/keys/{keyId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a key */
    get: operations['getKey'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/endpoints/{endpointId}/keys/{keyId}/revoke': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Revoke a key
     * @description Every gateway refuses it within a second.
     */
    post: operations['revokeKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/endpoints/{endpointId}/keys/{keyId}/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Replace a key by a new one
     * @description Same name, rules and end. The old key works for the overlap, then never again.
     */
    post: operations['rotateKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/endpoints/{endpointId}/secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Demand a secret of every request
     * @description Makes a new secret, which is in this answer and nowhere else; an older one stops working.
     */
    post: operations['demandEndpointSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/endpoints/{endpointId}/secret/drop': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Demand no secret any more */
    post: operations['dropEndpointSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/endpoints/{endpointId}/dry-run': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Would this request pass, and which rule decides?
     * @description Decided by the code that gateways decide with: the rules of key and endpoint, and the tenant’s plan. Changes nothing and costs nothing; rates and the daily limit are not asked.
     */
    post: operations['dryRunEndpoint'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/usage': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Usage of all tenants
     * @description Rows are sorted by what they are grouped by. A day is final some time after 00:00 UTC (15 minutes unless set otherwise) and then never changes: what comes late is a correction row behind the row that it corrects. `format=ndjson` and `format=csv` (RFC 4180, formula-safe) stream everything of one instant; `Usage-As-Of` and `Usage-Final` say of when and whether final. Each row’s `id` is a cursor.
     */
    get: operations['getUsage'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/usage': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Usage of one tenant
     * @description Rows are sorted by what they are grouped by. A day is final some time after 00:00 UTC (15 minutes unless set otherwise) and then never changes: what comes late is a correction row behind the row that it corrects. `format=ndjson` and `format=csv` (RFC 4180, formula-safe) stream everything of one instant; `Usage-As-Of` and `Usage-Final` say of when and whether final. Each row’s `id` is a cursor.
     */
    get: operations['getTenantUsage'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/costs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Costs of all tenants
     * @description Relays that clients asked for beside those that were sent for them, by purpose, and the uPOKT that the relays sent cost: each at RelaysToTokensMultiplier of its chain at its session’s height, before the network weighs the node’s stake. Relays never burn an application’s stake: this is what the network mints for them. Relays of sessions that are not settled yet are counted without a price.
     */
    get: operations['listCosts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/costs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Costs of one tenant
     * @description Relays that clients asked for beside those that were sent for them, by purpose, and the uPOKT that the relays sent cost: each at RelaysToTokensMultiplier of its chain at its session’s height, before the network weighs the node’s stake. Relays never burn an application’s stake: this is what the network mints for them. Relays of sessions that are not settled yet are counted without a price.
     */
    get: operations['listTenantCosts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/usage/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Usage events of all tenants
     * @description CloudEvents 1.0 by sequence, from the beginning as often as wanted: `recorded` adds to an open day, `day-closed` makes it final, `corrected` adds to a closed day. An event never appears before one that was seen, so the last sequence is all to remember. Sequences have no gaps here.
     */
    get: operations['listUsageEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/usage/events': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Usage events of one tenant
     * @description CloudEvents 1.0 by sequence, from the beginning as often as wanted: `recorded` adds to an open day, `day-closed` makes it final, `corrected` adds to a closed day. An event never appears before one that was seen, so the last sequence is all to remember. Other tenants’ sequences are left out.
     */
    get: operations['listTenantUsageEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/usage/reconciliation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Compare a day’s receipts, usage and proven relays
     * @description receipts = usage always; receipts = proven relays once sessions are settled, else each difference has its reasons.
     */
    get: operations['reconcileUsage'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/network': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Height, session and parameters now */
    get: operations['getNetwork'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/chains': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The chain catalogue */
    get: operations['listChains'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tokens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List service tokens, of all tenants or one */
    get: operations['listTokens'];
    put?: never;
    /**
     * Create a service token
     * @description The token is in this answer and nowhere else. It can no more than whoever makes it.
     */
    post: operations['createToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tokens/{tokenId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a service token */
    get: operations['getToken'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tokens/{tokenId}/revoke': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Revoke a service token */
    post: operations['revokeToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/tokens': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List a tenant’s service tokens */
    get: operations['listTenantTokens'];
    put?: never;
    /**
     * Create a service token of a tenant
     * @description The token is in this answer and nowhere else. It can no more than whoever makes it.
     */
    post: operations['createTenantToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/tokens/{tokenId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a tenant’s service token */
    get: operations['getTenantToken'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/tokens/{tokenId}/revoke': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Revoke a tenant’s service token */
    post: operations['revokeTenantToken'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/members': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List members */
    get: operations['listMembers'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/members/{userId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a member */
    get: operations['getMember'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change a member’s role
     * @description In force with the member’s next request; his open invitations are withdrawn. Nobody touches a role that can more than his own, and a tenant keeps an owner.
     */
    patch: operations['updateMember'];
    trace?: never;
  };
  '/v1/tenants/{tenantId}/members/{userId}/remove': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Remove a member
     * @description His next request meets 404. Service tokens are the tenant’s and stay. A tenant keeps an owner.
     */
    post: operations['removeMember'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/leave': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Leave a tenant
     * @description For a signed-in member of any role. A tenant keeps an owner.
     */
    post: operations['leaveTenant'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/invitations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List invitations, used and revoked ones included */
    get: operations['listInvitations'];
    put?: never;
    /**
     * Invite somebody
     * @description The token is in this answer and nowhere else. An open invitation of the same address is withdrawn. Nobody invites to a role that can more than his own.
     */
    post: operations['createInvitation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/invitations/{invitationId}/revoke': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Revoke an invitation */
    post: operations['revokeInvitation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/invitations/accept': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Accept an invitation
     * @description For a signed-in person whose issuer vouches for the invited address.
     */
    post: operations['acceptInvitation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/auth/token': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Sign in, or refresh a session
     * @description Exchanges the operator’s token, an invitation, a sign-in code or a refresh token for an access token of ten minutes and a refresh token that works once. It takes no Idempotency-Key: a refresh token that comes twice ends its session, which is how a theft shows. 404 where only foreign issuers sign people in.
     */
    post: operations['signIn'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/auth/sign-out': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * End the session
     * @description All its tokens end. For sessions of the built-in issuer; others end where they began.
     */
    post: operations['signOut'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/me/sign-in-codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a code to sign in on another device
     * @description Works once, within ten minutes. For people of the built-in issuer.
     */
    post: operations['createSignInCode'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/users/{userId}/sign-in-codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a sign-in code for somebody
     * @description For a person of the built-in issuer who lost his session. The code works once, within ten minutes.
     */
    post: operations['createUserSignInCode'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/auth/keys/rotate': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Replace the built-in issuer’s signing key
     * @description It is replaced every 30 days anyway. After a compromise everybody refreshes his session.
     */
    post: operations['rotateSigningKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/.well-known/openid-configuration': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Discovery of the built-in issuer */
    get: operations['getOpenidConfiguration'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/.well-known/jwks.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Public keys of the built-in issuer */
    get: operations['getSigningKeys'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who am I?
     * @description The credential’s bearer, his tenants, roles and permissions.
     */
    get: operations['getMe'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/audit-entries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List a tenant’s changes, newest first */
    get: operations['listTenantAuditEntries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/audit-entries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List changes, newest first
     * @description One entry per change, written in the change’s own transaction; entries cannot be edited.
     */
    get: operations['listAuditEntries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/livez': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The process runs */
    get: operations['getLiveness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/readyz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** It can serve */
    get: operations['getReadiness'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/problems': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List problem codes */
    get: operations['listProblems'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/problems/{code}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Explain a problem code
     * @description What happened, what to do, and an example; `type` of every problem leads here.
     */
    get: operations['getProblem'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/plans': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List plans */
    get: operations['listPlans'];
    put?: never;
    /** Create a plan */
    post: operations['createPlan'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/plans/{planId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a plan */
    get: operations['getPlan'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change a plan
     * @description Makes a new version; limits and prices are each replaced as a whole. Limits hold on every gateway within a second, prices for all of the present UTC day.
     */
    patch: operations['updatePlan'];
    trace?: never;
  };
  '/v1/plans/{planId}/versions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get every state of a plan
     * @description Oldest first. A day is priced by the newest state that is not younger than it.
     */
    get: operations['listVersions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/plans/{planId}/retire': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Retire a plan
     * @description Its tenants keep it; no other gets it.
     */
    post: operations['retirePlan'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/plan': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get the plan of a tenant */
    get: operations['getTenantPlan'];
    /**
     * Give a tenant a plan
     * @description If-Match is the tenant’s. Limits hold on every gateway within a second, prices for all of the present UTC day.
     */
    put: operations['replaceTenantPlan'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/invoice-draft': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Draft an invoice
     * @description A line per kind, endpoint, chain, plan version and tier. Relays are counted in the order of day, endpoint and chain: first the included ones, then tier by tier; those beyond a plan’s daily cap are overage. Corrections recorded in the period are lines that name the day they correct. A final draft never changes, and is what the usage feed alone gives.
     */
    get: operations['getTenantInvoiceDraft'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/gateways': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List running gateways and their load */
    get: operations['listGateways'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/nodes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List nodes of the sessions of now, as all gateways see them */
    get: operations['listNodes'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/nodes/{publicKey}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One node on every chain, gateway by gateway */
    get: operations['getNode'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List sessions that gateways hold now */
    get: operations['listSessions'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/queues': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List queues: what waits, how long, how fast */
    get: operations['listQueues'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/queues/{queue}/failed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List failed jobs of a queue, the latest first
     * @description Says what a job is about, never what it carries.
     */
    get: operations['getQueueFailed'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/queues/{queue}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Put all failed jobs of a queue back to work */
    post: operations['retryQueue'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/queues/{queue}/jobs/{jobId}/retry': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Put a failed job back to work */
    post: operations['retryJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/queues/{queue}/jobs/{jobId}/remove': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Take a failed job out of its queue
     * @description Its content is kept with the audit entry, so that no receipt is ever lost by hand; restore puts it back.
     */
    post: operations['removeJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/removed-jobs/{removalId}/restore': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Put a removed job back into its queue */
    post: operations['restoreRemovedJob'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/settings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List runtime settings with their bounds */
    get: operations['listSettings'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/settings/{name}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get a runtime setting */
    get: operations['getSetting'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change a runtime setting
     * @description Every gateway applies it within a second, without a restart. The audit log keeps each value.
     */
    patch: operations['updateSetting'];
    trace?: never;
  };
  '/v1/operations/closures': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List closed nodes and operators */
    get: operations['listClosures'];
    put?: never;
    /**
     * Close a node or all nodes of an operator to relays
     * @description Gateways follow within a second. Relays under way end as they would; subscriptions go on over other nodes. Where nothing else is left, the least bad closed node serves and the answer counts as degraded. Closing again changes what is closed.
     */
    post: operations['createClosure'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/closures/{closureId}/open': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Open what was closed */
    post: operations['openClosure'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/nodes/{publicKey}/cordon': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Cordon a node: no relay from now on */
    post: operations['cordonNode'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/nodes/{publicKey}/drain': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Drain a node: finish what was begun, then no relay
     * @description A session’s relays below the number that is paid are filled up to it first.
     */
    post: operations['drainNode'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/nodes/{publicKey}/uncordon': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Open a cordoned or draining node */
    post: operations['uncordonNode'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/notices': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List notices */
    get: operations['listNotices'];
    put?: never;
    /**
     * Tell callers of maintenance or an outage
     * @description Gateways show it at GET /v1/status and on the pages of endpoints within a second.
     */
    post: operations['createNotice'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/notices/{noticeId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /** Change a notice */
    patch: operations['updateNotice'];
    trace?: never;
  };
  '/v1/operations/notices/{noticeId}/end': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** End a notice now */
    post: operations['endNotice'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Search stories of requests, newest first
     * @description Kept for a bounded time: every refused or failed call, those that asked with `x-portal-explain: 1`, and a share of those served. Never holds parameters, bodies or secrets.
     */
    get: operations['listTenantRequests'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/requests/{requestId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Explain a request by its id
     * @description Which rule decided, which nodes could be asked and why not, what was sent where, how long it took, what it cost. Kept for a bounded time: every refused or failed call, those that asked with `x-portal-explain: 1`, and a share of those served. Never holds parameters, bodies or secrets.
     */
    get: operations['getTenantRequest'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/endpoints/{endpointId}/explain': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether keys of an endpoint may ask for explanations */
    get: operations['getEndpointExplain'];
    /**
     * Allow or forbid explanations to keys of an endpoint
     * @description Allowed: a request with `x-portal-explain: 1` is always kept, and a single call’s answer carries `X-Portal-Explain` in short. Off by default, because keys in public pages would tell everyone which nodes serve.
     */
    put: operations['replaceEndpointExplain'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Search stories of all requests, newest first
     * @description Kept for a bounded time: every refused or failed call, those that asked with `x-portal-explain: 1`, and a share of those served. Never holds parameters, bodies or secrets.
     */
    get: operations['listRequests'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/operations/requests/{requestId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Explain any request by its id
     * @description Kept for a bounded time: every refused or failed call, those that asked with `x-portal-explain: 1`, and a share of those served. Never holds parameters, bodies or secrets.
     */
    get: operations['getRequest'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/alert-rules': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List alert rules */
    get: operations['listAlertRules'];
    put?: never;
    /**
     * Create an alert rule
     * @description A tenant without any rule has the default one: every application at 50, 80 and 100 %, to every channel. Each threshold is reported once for each UTC day.
     */
    post: operations['createAlertRule'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/alert-rules/{ruleId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get an alert rule */
    get: operations['getAlertRule'];
    put?: never;
    post?: never;
    /**
     * Delete an alert rule
     * @description With the last one gone the default rule is back; switch a rule off to hear nothing.
     */
    delete: operations['deleteAlertRule'];
    options?: never;
    head?: never;
    /**
     * Change an alert rule
     * @description Absent fields keep their value. A threshold that is reached already is reported within a minute.
     */
    patch: operations['updateAlertRule'];
    trace?: never;
  };
  '/v1/tenants/{tenantId}/alert-channels': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List alert channels */
    get: operations['listAlertChannels'];
    put?: never;
    /**
     * Create an alert channel
     * @description A webhook is signed as standard-webhooks says; its secret is in this answer and nowhere else. An e-mail address is sent a code and hears nothing more until it is confirmed.
     */
    post: operations['createAlertChannel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/alert-channels/{channelId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Get an alert channel */
    get: operations['getAlertChannel'];
    put?: never;
    post?: never;
    /**
     * Delete an alert channel
     * @description With its deliveries and their log.
     */
    delete: operations['deleteAlertChannel'];
    options?: never;
    head?: never;
    /**
     * Change an alert channel
     * @description A webhook may get another URL; an e-mail channel keeps its address.
     */
    patch: operations['updateAlertChannel'];
    trace?: never;
  };
  '/v1/tenants/{tenantId}/alert-channels/{channelId}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Pause an alert channel
     * @description What is pending waits; new alerts are not for it.
     */
    post: operations['pauseAlertChannel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/alert-channels/{channelId}/enable': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Enable an alert channel
     * @description After a pause, or after the system disabled it. Deliveries that failed meanwhile are sent again on request only.
     */
    post: operations['enableAlertChannel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/alert-channels/{channelId}/rotate-secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Replace a webhook’s signing secret
     * @description The new secret is in this answer and nowhere else. Messages carry both signatures for the overlap.
     */
    post: operations['rotateAlertChannelSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/alert-channels/{channelId}/confirm': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Confirm an e-mail address */
    post: operations['confirmAlertChannel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/alert-channels/{channelId}/send-confirmation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send another confirmation mail
     * @description The code before is void.
     */
    post: operations['sendAlertChannelConfirmation'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/alert-channels/{channelId}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a test message
     * @description The answer names the delivery, whose log shows how it went.
     */
    post: operations['testAlertChannel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/alert-channels/{channelId}/resend-failed': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send failed deliveries again
     * @description Those made since then, at most 1,000 at a time, with their ids and the whole schedule before them.
     */
    post: operations['resendFailedAlertDeliveries'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/alerts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * List alerts
     * @description Thresholds that were crossed, once for each subject, UTC day and threshold.
     */
    get: operations['listAlerts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/alert-deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** List alert deliveries */
    get: operations['listAlertDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/alert-deliveries/{deliveryId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Get an alert delivery
     * @description With what was sent and the log of attempts.
     */
    get: operations['getAlertDelivery'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/tenants/{tenantId}/alert-deliveries/{deliveryId}/resend': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send an alert delivery again
     * @description With the same id and body, so that a receiver that has it recognises the repeat.
     */
    post: operations['resendAlertDelivery'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    CreateTenant: {
      /**
       * @description A name for people
       * @example Acme dApps
       */
      name: string;
      /** @description Whom to write to; erased with the tenant */
      contactEmail?: string | null;
      /** @description For operators only */
      notes?: string | null;
      /** @description Shown to the tenant */
      notice?: string | null;
    };
    Tenant: {
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /** @description A name for people */
      name: string;
      /**
       * @description deleting: closed, and gone at `deletesAt`; deleted: only this row is left, for usage and audit
       * @enum {string}
       */
      status: 'active' | 'suspended' | 'deleting' | 'deleted';
      /** @description Why it is suspended; null while it is not */
      suspendedReason: string | null;
      /**
       * Format: uuid
       * @description The plan
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      planId: string;
      /** @description Whom to write to; erased with the tenant */
      contactEmail: string | null;
      /** @description null also for whoever is no operator */
      notes: string | null;
      /** @description What the tenant is told */
      notice: string | null;
      /** @description Why it is being deleted */
      deletionReason: string | null;
      /** @description When everything of a tenant being deleted is erased; until then it can be restored */
      deletesAt: string | null;
      /** @description Since when nothing of it is stored but usage and audit entries */
      erasedAt: string | null;
      /** @description Counts the changes; the ETag is this number in quotes */
      version: number;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it last changed
       */
      updatedAt: string;
    };
    TenantPage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['Tenant'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    UpdateTenant: {
      /** @description A name for people */
      name?: string;
      /** @description Whom to write to; erased with the tenant */
      contactEmail?: string | null;
      /** @description For operators only */
      notes?: string | null;
      /** @description Shown to the tenant */
      notice?: string | null;
    };
    Reason: {
      /**
       * @description The reason, for people to read
       * @example Invoice 2026-10 is unpaid
       */
      reason: string;
    };
    ExportLine: {
      /** @description tenant, application, endpoint, key, member, usage, audit-entry, …; `end` is the last */
      type: string;
    } & {
      [key: string]: unknown;
    };
    CreateApplication:
      | {
          /**
           * @description We make and seal the key, fund it from the treasury and stake it
           * @constant
           */
          source: 'managed';
          /**
           * @description A name for people
           * @example Acme mainnet
           */
          name: string;
          /**
           * @description Chains in any accepted name: slug, alias, EVM chain id or relay chain id
           * @example [
           *       "eth-mainnet"
           *     ]
           */
          chains: string[];
          /**
           * @description Stake in POKT; it buys the daily relays
           * @example 25000
           */
          stakePokt: string;
        }
      | {
          /**
           * @description You staked it and signed the AAT for our client key
           * @constant
           */
          source: 'ready-made';
          /** @description A name for people */
          name: string;
          /** @description Application authentication token: the application’s permission for the gateway’s key */
          aat: components['schemas']['Aat'];
        };
    Aat: {
      /** @description Version */
      version: string;
      /** @description The application’s public key, hex */
      app_pub_key: string;
      /** @description The gateway’s client key, hex */
      client_pub_key: string;
      /** @description Signature by the application’s key, hex */
      signature: string;
    };
    Application: {
      /**
       * Format: uuid
       * @description The application
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      applicationId: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /** @description A name for people */
      name: string;
      /**
       * @description Where it comes from
       * @enum {string}
       */
      source: 'managed' | 'ready-made';
      /**
       * @description pending → funded → staked → unstaking → unstaked
       * @enum {string}
       */
      state: 'pending' | 'funded' | 'staked' | 'unstaking' | 'unstaked';
      /** @description False while a requested stake or unstake is not on the ledger yet */
      isSettled: boolean;
      /** @description Why the last transaction was refused */
      failure: string | null;
      /** @description Transaction that waits for a block; null: none */
      pendingTransactionHash: string | null;
      /** @description Public key, hex */
      publicKey: string;
      /** @description Address */
      address: string;
      /** @description Relay chain ids */
      chains: string[];
      /** @description Application authentication token: the application’s permission for the gateway’s key */
      aat: components['schemas']['Aat'];
      /**
       * @description uPOKT, 1 POKT = 1,000,000 uPOKT
       * @example 25000000000
       */
      stakedUpokt: string;
      /**
       * @description POKT, decimal
       * @example 25000
       */
      stakedPokt: string;
      /**
       * @description uPOKT, 1 POKT = 1,000,000 uPOKT
       * @example 25000000000
       */
      requestedUpokt: string;
      /** @description Relays a UTC day, by stake and plan; 0 while the stake is not in force */
      dailyRelaysMax: number;
      /** @description The protocol’s allowance per session over all chains and nodes */
      sessionRelaysMax: string;
      /** @description The same per node and chain; null while the network does not answer */
      sessionRelaysPerNodeMax: string | null;
      /** @description null while neither source answers */
      usedToday: {
        /**
         * Format: date
         * @description UTC day
         */
        day: string;
        /** @description Relays used */
        used: number;
        /** @description Relays left */
        remaining: number;
        /**
         * Format: date-time
         * @description When the day’s limit begins anew
         */
        resetAt: string;
        /**
         * @description redis: exact now; usage: what is stored, up to a minute behind
         * @enum {string}
         */
        source: 'redis' | 'usage';
      } | null;
      /** @description First block of the first session that counts the present stake; null while not staked */
      usableFromHeight: number | null;
      /** @description Counts the changes; the ETag is this number in quotes */
      version: number;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it last changed
       */
      updatedAt: string;
    };
    ApplicationPage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['Application'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    StakeApplication: {
      /**
       * @description New total stake in POKT, not the difference; asking twice is asking once
       * @example 25000
       */
      stakePokt: string;
      /**
       * @description Chains in any accepted name: slug, alias, EVM chain id or relay chain id
       * @example [
       *       "eth-mainnet"
       *     ]
       */
      chains?: string[];
    };
    /** @example {} */
    WithdrawApplication: {
      /** @description Account that gets the POKT; absent: the operator’s treasury */
      toAddress?: string;
    };
    CreateEndpoint: {
      /**
       * @description A name for people
       * @example Production
       */
      name: string;
      /** @description Applications whose relays this endpoint spends */
      applicationIds: string[];
      /** @description Chains allowed; null: all that the applications are staked for */
      chains?: string[] | null;
      /**
       * @description wallet (default): refusals stay visible in wallets; strict: the HTTP status tells
       * @enum {string}
       */
      answerStyle?: 'wallet' | 'strict';
      /** @description Rules that requests must satisfy; null: none */
      rules?: components['schemas']['EndpointRules'] | null;
      /** @description Verify the node’s signature before answering (default: after) */
      verifyInline?: boolean;
      /** @description Nodes that each read is put to; more than half must agree. Each costs a relay (default: 1) */
      readQuorum?: number;
    };
    /** @description Lists are ANDed, their entries ORed; an absent list demands nothing */
    EndpointRules: {
      /** @description [https://]host[:port], or *.host for everything below it */
      origins?: string[] | null;
      /** @description Whole texts, or beginnings that end with * */
      userAgents?: string[] | null;
      /** @description IPv4 or IPv6, single or CIDR */
      addresses?: string[] | null;
      /** @description Method names, or beginnings that end with * */
      methods?: string[] | null;
      /** @description Contract addresses; calls must plainly name one of them */
      contracts?: string[] | null;
      /** @description Calls a second; null: no limit */
      perSecondMax?: number | null;
    };
    Endpoint: {
      /**
       * Format: uuid
       * @description The endpoint
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      endpointId: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /** @description A name for people */
      name: string;
      /**
       * @description The state it is in
       * @enum {string}
       */
      status: 'active' | 'suspended';
      /** @description Why it is suspended; null while it is not */
      suspendedReason: string | null;
      /** @description Applications whose relays are spent */
      applicationIds: string[];
      /** @description Chains; null: all that the applications are staked for */
      chains: string[] | null;
      /**
       * @description How refusals are answered
       * @enum {string}
       */
      answerStyle: 'wallet' | 'strict';
      /** @description The node’s signature is verified before the answer goes out */
      verifyInline: boolean;
      /** @description Nodes that each read is put to; more than half must agree */
      readQuorum: number;
      /** @description Rules that requests must satisfy; null: none */
      rules: components['schemas']['EndpointRules'] | null;
      /** @description Requests must carry the endpoint’s secret */
      secretRequired: boolean;
      /** @description Counts the changes; the ETag is this number in quotes */
      version: number;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it last changed
       */
      updatedAt: string;
    };
    EndpointPage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['Endpoint'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    UpdateEndpoint: {
      /** @description A name for people */
      name?: string;
      /** @description Applications whose relays this endpoint spends */
      applicationIds?: string[];
      /** @description Chains allowed; null: all that the applications are staked for */
      chains?: string[] | null;
      /**
       * @description wallet (default): refusals stay visible in wallets; strict: the HTTP status tells
       * @enum {string}
       */
      answerStyle?: 'wallet' | 'strict';
      /** @description Rules that requests must satisfy; null: none */
      rules?: components['schemas']['EndpointRules'] | null;
      /** @description Verify the node’s signature before answering (default: after) */
      verifyInline?: boolean;
      /** @description Nodes that each read is put to; more than half must agree. Each costs a relay (default: 1) */
      readQuorum?: number;
    };
    CreateKey: {
      /**
       * @description A name for people
       * @default key
       */
      name?: string;
      /** @description Rules that requests must satisfy; null: none */
      rules?: components['schemas']['KeyRules'] | null;
      /** @description From then on the key opens nothing */
      expiresAt?: string | null;
    };
    KeyRules: {
      /** @description Chains; null: all that the applications are staked for */
      chains?: string[] | null;
      /** @description Method names, or beginnings that end with * */
      methods?: string[] | null;
      /** @description Calls a second; null: no limit */
      perSecondMax?: number | null;
    };
    CreatedKey: {
      /**
       * Format: uuid
       * @description The API key, by its id; the key itself is shown once
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      keyId: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /**
       * Format: uuid
       * @description The endpoint
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      endpointId: string;
      /** @description A name for people */
      name: string;
      /** @description First characters, to recognise the key by */
      prefix: string;
      /** @description Rules that requests must satisfy; null: none */
      rules: components['schemas']['KeyRules'] | null;
      /** @description From then on it is not accepted */
      expiresAt: string | null;
      /** @description The key that this one was rotated from */
      replacesKeyId: string | null;
      /** @description Counts the changes; the ETag is this number in quotes */
      version: number;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /** @description When it was revoked; null while it is not */
      revokedAt: string | null;
      /** @description To within a minute */
      lastUsedAt: string | null;
      /** @description Shown once; store it now */
      key: string;
      /** @description Endpoint URL; replace {chain} by a slug, an EVM chain id or a relay chain id */
      url: string;
    };
    KeyPage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['Key'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    Key: {
      /**
       * Format: uuid
       * @description The API key, by its id; the key itself is shown once
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      keyId: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /**
       * Format: uuid
       * @description The endpoint
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      endpointId: string;
      /** @description A name for people */
      name: string;
      /** @description First characters, to recognise the key by */
      prefix: string;
      /** @description Rules that requests must satisfy; null: none */
      rules: components['schemas']['KeyRules'] | null;
      /** @description From then on it is not accepted */
      expiresAt: string | null;
      /** @description The key that this one was rotated from */
      replacesKeyId: string | null;
      /** @description Counts the changes; the ETag is this number in quotes */
      version: number;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /** @description When it was revoked; null while it is not */
      revokedAt: string | null;
      /** @description To within a minute */
      lastUsedAt: string | null;
    };
    RotateKey: {
      /**
       * @description For how long the old key still works
       * @default 24h
       * @enum {string}
       */
      overlap?: '0' | '1h' | '24h' | '7d' | '30d';
    };
    EndpointSecret: {
      /**
       * Format: uuid
       * @description The endpoint
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      endpointId: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /** @description A name for people */
      name: string;
      /**
       * @description The state it is in
       * @enum {string}
       */
      status: 'active' | 'suspended';
      /** @description Why it is suspended; null while it is not */
      suspendedReason: string | null;
      /** @description Applications whose relays are spent */
      applicationIds: string[];
      /** @description Chains; null: all that the applications are staked for */
      chains: string[] | null;
      /**
       * @description How refusals are answered
       * @enum {string}
       */
      answerStyle: 'wallet' | 'strict';
      /** @description The node’s signature is verified before the answer goes out */
      verifyInline: boolean;
      /** @description Nodes that each read is put to; more than half must agree */
      readQuorum: number;
      /** @description Rules that requests must satisfy; null: none */
      rules: components['schemas']['EndpointRules'] | null;
      /** @description Requests must carry the endpoint’s secret */
      secretRequired: boolean;
      /** @description Counts the changes; the ETag is this number in quotes */
      version: number;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it last changed
       */
      updatedAt: string;
      /** @description Shown once; send it as X-Api-Secret or as the password of Basic authentication */
      secret: string;
    };
    DryRun: {
      /**
       * @description The API key, by its id; the key itself is shown once
       * @default null
       */
      keyId?: string | null;
      /** @description Chain in any accepted name */
      chain: string;
      /** @description JSON-RPC method */
      method: string;
      /** @description Parameters of the call */
      params?: unknown;
      /**
       * @description Calls of the batch it comes in; 1: it comes alone
       * @default 1
       */
      batchCalls?: number;
      /** @description `Origin` header of the request */
      origin?: string;
      /** @description `User-Agent` header of the request */
      userAgent?: string;
      /**
       * @description Address
       * @default
       */
      address?: string;
      /** @description The secret; shown once */
      secret?: string;
    };
    DryRunResult: {
      /** @description The request would be relayed */
      passes: boolean;
      /** @description Reason of the refusal, see docs/errors.md */
      reason: string | null;
      /** @description The rule that decides; null: none does */
      rule: string | null;
      /** @description What the request showed the rule */
      seen: string | null;
      /** @description The same in words */
      message: string;
    };
    UsagePage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['UsageRow'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
      /**
       * Format: date-time
       * @description The instant of which everything in this answer is
       */
      asOf: string;
      /** @description Every day asked for is closed: no usage row will change, and what comes late is a correction row */
      final: boolean;
    };
    UsageRow: {
      /** @description Name of the row, the same in every reading */
      id: string;
      /**
       * Format: date
       * @description UTC day
       */
      day?: string;
      /**
       * Format: date-time
       * @description Beginning of the UTC hour
       */
      hour?: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId?: string;
      /**
       * Format: uuid
       * @description The endpoint
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      endpointId?: string;
      /**
       * Format: uuid
       * @description The application
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      applicationId?: string;
      /**
       * Format: uuid
       * @description The API key, by its id; the key itself is shown once
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      keyId?: string;
      /** @description Chain in any accepted name */
      chain?: string;
      /** @description JSON-RPC method */
      method?: string;
      /** @description Relays answered to clients */
      billableRelays: string;
      /** @description Relays answered by nodes for any purpose: what is claimed on the ledger */
      sentRelays: string;
      /** @description Exact count in digits */
      clientRelays: string;
      /** @description Exact count in digits */
      retryRelays: string;
      /** @description Exact count in digits */
      hedgeRelays: string;
      /** @description Exact count in digits */
      quorumRelays: string;
      /** @description Exact count in digits */
      probeRelays: string;
      /** @description Exact count in digits */
      rpcErrors: string;
      /** @description Exact count in digits */
      bytesIn: string;
      /** @description Exact count in digits */
      bytesOut: string;
      /** @description Sum over billable relays, microseconds */
      durationUs: string;
      /** @description A correction: the UTC day of recording, which decides its invoice; else null */
      recordedOn: string | null;
      /** @description A correction: the id of the row that it adds to; else null */
      corrects: string | null;
      /** @description Nothing will change this row any more */
      final: boolean;
      /**
       * Format: date-time
       * @description When it last changed
       */
      updatedAt: string;
    };
    CostPage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['CostRow'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    CostRow: {
      /** @description Name of the row, and a cursor */
      id: string;
      /**
       * Format: date
       * @description UTC day
       * @example 2026-11-20
       */
      day?: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId?: string;
      /**
       * Format: uuid
       * @description The endpoint
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      endpointId?: string;
      /** @description Relay chain id, four hex digits */
      chain?: string;
      /** @description Answers that went to clients: the relays that clients asked for */
      billableRelays: string;
      /** @description Relays answered by nodes; the sum of the five purposes */
      sentRelays: string;
      /** @description First attempts */
      clientRelays: string;
      /** @description Attempts after a node’s failure */
      retryRelays: string;
      /** @description Second attempts beside a slow first one */
      hedgeRelays: string;
      /** @description Attempts made to compare answers */
      quorumRelays: string;
      /** @description Attempts made to measure nodes */
      probeRelays: string;
      /** @description Of the relays sent: their session is not settled yet, so they have no price */
      unpricedRelays: string;
      /** @description uPOKT of the priced relays: relays sent × RelaysToTokensMultiplier of their chain at the session’s height */
      costUpokt: string;
    };
    UsageEvents: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['UsageEvent'][];
      /** @description `after` of the next request, also when this answer is empty */
      next: string;
      /** @description The smallest sequence that is kept; a reader below it is answered 410 */
      oldest: string;
    };
    UsageEvent: {
      /**
       * @description Version of CloudEvents
       * @constant
       */
      specversion: '1.0';
      /** @description With `source`, the name of the event for ever */
      id: string;
      /** @description Where it comes from */
      source: string;
      /** @description Kind of this entry */
      type: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      subject?: string;
      /**
       * Format: date-time
       * @description When it happened
       */
      time: string;
      /**
       * @description Media type of `data`
       * @constant
       */
      datacontenttype: 'application/json';
      /** @description Position in the feed: 19 digits, so that text order is the order */
      sequence: string;
      /** @description What happened */
      data: {
        [key: string]: unknown;
      };
    };
    Reconciliation: {
      /**
       * Format: date
       * @description UTC day
       * @example 2026-11-20
       */
      day: string;
      /**
       * Format: date-time
       * @description The instant that the answer shows
       */
      asOf: string;
      /** @description The day is closed */
      final: boolean;
      /** @description Receipts stored */
      receipts: string;
      /** @description Relays sent as usage has them, corrections included */
      usage: string;
      /** @description Relays that the ledger has accepted proofs for */
      provenRelays: string;
      /** @description receipts − usage; 0 unless something is wrong */
      usageDifference: string;
      /** @description receipts − provenRelays */
      unprovenRelays: string;
      /** @description Sessions with unproven relays, the largest first, at most 1,000 */
      differences: {
        /** @description The application’s public key, hex */
        applicationPublicKey: string;
        /** @description Chain in any accepted name */
        chain: string;
        /** @description First block of the session */
        sessionHeight: number;
        /** @description Of this day */
        receipts: string;
        /** @description Exact count in digits */
        unproven: string;
        /** @description The session has receipts of several days; reasons are those of all of it */
        spansDays: boolean;
        /** @description Receipts by reason; pending: not decided yet */
        reasons: {
          [key: string]: string;
        };
      }[];
    };
    Network: {
      /** @description Network id that transactions are signed for */
      chainId: string;
      /** @description Newest block */
      height: number;
      /** @description The session at this height */
      session: {
        /** @description First block of the session */
        startHeight: number;
        /** @description First block of the next session */
        nextStartHeight: number;
        /** @description Blocks of a session */
        blocksPerSession: number;
      };
      /** @description Parameters of the protocol */
      parameters: {
        /** @description Nodes of a session */
        sessionNodeCount: number;
        /** @description In hundredths of a relay per session */
        baseRelaysPerPokt: string;
        /**
         * @description uPOKT, 1 POKT = 1,000,000 uPOKT
         * @example 25000000000
         */
        relaysToTokensMultiplierUpokt: string;
        /**
         * @description uPOKT, 1 POKT = 1,000,000 uPOKT
         * @example 25000000000
         */
        applicationStakeMinimumUpokt: string;
        /** @description Most chains of an application */
        applicationChainsMax: number;
      };
      /** @description Published daily relays per staked POKT */
      relaysPerPoktPerDay: number;
      /** @description Name this as client_pub_key in a ready-made AAT */
      gatewayClientPublicKey: string;
      /** @description Account that stakes managed applications */
      treasuryAddress: string;
    };
    ChainList: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['Chain'][];
    };
    Chain: {
      /** @description Relay chain id */
      id: string;
      /** @description Name in URLs */
      slug: string;
      /** @description Other names that are accepted */
      aliases: string[];
      /** @description A name for people */
      name: string;
      /** @description Kind */
      kind: string;
      /** @description EVM chain id; null: not an EVM chain */
      evmChainId: number | null;
      /** @description Usual time between blocks, milliseconds */
      blockTimeMs: number;
      /** @description The currency that fees are paid in */
      nativeCurrency: {
        /** @description A name for people */
        name: string;
        /** @description Symbol of the currency */
        symbol: string;
        /** @description Decimal places of the currency */
        decimals: number;
      };
      /** @description Block explorer; null: none */
      explorer: string | null;
    };
    CreateToken: {
      /**
       * @description A name for people
       * @example billing job
       */
      name: string;
      /**
       * @description Permissions (docs/permissions.md). x:write includes x:read; tenants:read and tenants:write include applications, endpoints, keys and alerts
       * @example [
       *       "usage:read"
       *     ]
       */
      scopes: (
        | 'tenants:read'
        | 'tenants:write'
        | 'tenants:own'
        | 'tenants:manage'
        | 'members:read'
        | 'members:write'
        | 'applications:read'
        | 'applications:write'
        | 'applications:stake'
        | 'endpoints:read'
        | 'endpoints:write'
        | 'keys:read'
        | 'keys:write'
        | 'alerts:read'
        | 'alerts:write'
        | 'usage:read'
        | 'billing:read'
        | 'billing:write'
        | 'tokens:read'
        | 'tokens:write'
        | 'audit:read'
        | 'network:read'
        | 'operations:read'
        | 'operations:write'
      )[];
      /**
       * @description Days until it expires
       * @default 90
       */
      expiresInDays?: number;
      /**
       * @description The only tenant it may see; null: all
       * @default null
       */
      tenantId?: string | null;
    };
    CreatedToken: {
      /**
       * Format: uuid
       * @description The service token
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tokenId: string;
      /** @description The tenant */
      tenantId: string | null;
      /** @description A name for people */
      name: string;
      /** @description First characters, to recognise it by */
      prefix: string;
      /** @description What it may do */
      scopes: (
        | 'tenants:read'
        | 'tenants:write'
        | 'tenants:own'
        | 'tenants:manage'
        | 'members:read'
        | 'members:write'
        | 'applications:read'
        | 'applications:write'
        | 'applications:stake'
        | 'endpoints:read'
        | 'endpoints:write'
        | 'keys:read'
        | 'keys:write'
        | 'alerts:read'
        | 'alerts:write'
        | 'usage:read'
        | 'billing:read'
        | 'billing:write'
        | 'tokens:read'
        | 'tokens:write'
        | 'audit:read'
        | 'network:read'
        | 'operations:read'
        | 'operations:write'
      )[];
      /** @description Counts the changes; the ETag is this number in quotes */
      version: number;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description From then on it is not accepted
       */
      expiresAt: string;
      /** @description When it was revoked; null while it is not */
      revokedAt: string | null;
      /** @description To the minute */
      lastUsedAt: string | null;
      /** @description Shown once; store it now */
      token: string;
    };
    TokenPage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['Token'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    Token: {
      /**
       * Format: uuid
       * @description The service token
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tokenId: string;
      /** @description The tenant */
      tenantId: string | null;
      /** @description A name for people */
      name: string;
      /** @description First characters, to recognise it by */
      prefix: string;
      /** @description What it may do */
      scopes: (
        | 'tenants:read'
        | 'tenants:write'
        | 'tenants:own'
        | 'tenants:manage'
        | 'members:read'
        | 'members:write'
        | 'applications:read'
        | 'applications:write'
        | 'applications:stake'
        | 'endpoints:read'
        | 'endpoints:write'
        | 'keys:read'
        | 'keys:write'
        | 'alerts:read'
        | 'alerts:write'
        | 'usage:read'
        | 'billing:read'
        | 'billing:write'
        | 'tokens:read'
        | 'tokens:write'
        | 'audit:read'
        | 'network:read'
        | 'operations:read'
        | 'operations:write'
      )[];
      /** @description Counts the changes; the ETag is this number in quotes */
      version: number;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description From then on it is not accepted
       */
      expiresAt: string;
      /** @description When it was revoked; null while it is not */
      revokedAt: string | null;
      /** @description To the minute */
      lastUsedAt: string | null;
    };
    CreateTenantToken: {
      /**
       * @description A name for people
       * @example billing job
       */
      name: string;
      /**
       * @description Permissions (docs/permissions.md). x:write includes x:read; tenants:read and tenants:write include applications, endpoints, keys and alerts
       * @example [
       *       "usage:read"
       *     ]
       */
      scopes: (
        | 'tenants:read'
        | 'tenants:write'
        | 'tenants:own'
        | 'tenants:manage'
        | 'members:read'
        | 'members:write'
        | 'applications:read'
        | 'applications:write'
        | 'applications:stake'
        | 'endpoints:read'
        | 'endpoints:write'
        | 'keys:read'
        | 'keys:write'
        | 'alerts:read'
        | 'alerts:write'
        | 'usage:read'
        | 'billing:read'
        | 'billing:write'
        | 'tokens:read'
        | 'tokens:write'
        | 'audit:read'
        | 'network:read'
        | 'operations:read'
        | 'operations:write'
      )[];
      /**
       * @description Days until it expires
       * @default 90
       */
      expiresInDays?: number;
    };
    MemberPage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['Member'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    Member: {
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /**
       * Format: uuid
       * @description The person
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      userId: string;
      /**
       * @description What a member is in the tenant: docs/permissions.md says what each may do
       * @enum {string}
       */
      role: 'owner' | 'admin' | 'developer' | 'billing' | 'read-only';
      /** @description The mail address, in lower case */
      email: string | null;
      /** @description A name for people */
      name: string | null;
      /** @description Counts the changes; the ETag is this number in quotes */
      version: number;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it last changed
       */
      updatedAt: string;
    };
    ChangeRole: {
      /**
       * @description What a member is in the tenant: docs/permissions.md says what each may do
       * @enum {string}
       */
      role: 'owner' | 'admin' | 'developer' | 'billing' | 'read-only';
    };
    CreateInvitation: {
      /**
       * @description The mail address, in lower case
       * @example ada@example.com
       */
      email: string;
      /**
       * @description What a member is in the tenant: docs/permissions.md says what each may do
       * @enum {string}
       */
      role: 'owner' | 'admin' | 'developer' | 'billing' | 'read-only';
      /**
       * @description Days until it expires
       * @default 7
       * @example 7
       */
      expiresInDays?: number;
    };
    CreatedInvitation: {
      /**
       * Format: uuid
       * @description The invitation
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      invitationId: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /** @description The mail address, in lower case */
      email: string;
      /**
       * @description What a member is in the tenant: docs/permissions.md says what each may do
       * @enum {string}
       */
      role: 'owner' | 'admin' | 'developer' | 'billing' | 'read-only';
      /**
       * @description Who invited, as the audit log names him
       * @example operator
       */
      invitedBy: string;
      /** @description Counts the changes; the ETag is this number in quotes */
      version: number;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description From then on it is not accepted
       */
      expiresAt: string;
      /** @description When it was accepted; null while it is not */
      acceptedAt: string | null;
      /** @description The new member’s userId */
      acceptedBy: string | null;
      /** @description When it was revoked; null while it is not */
      revokedAt: string | null;
      /** @description Shown once; hand it to the invited person */
      token: string;
      /** @description The same as a link; browsers keep what follows # to themselves */
      link: string;
    };
    InvitationPage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['Invitation'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    Invitation: {
      /**
       * Format: uuid
       * @description The invitation
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      invitationId: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /** @description The mail address, in lower case */
      email: string;
      /**
       * @description What a member is in the tenant: docs/permissions.md says what each may do
       * @enum {string}
       */
      role: 'owner' | 'admin' | 'developer' | 'billing' | 'read-only';
      /**
       * @description Who invited, as the audit log names him
       * @example operator
       */
      invitedBy: string;
      /** @description Counts the changes; the ETag is this number in quotes */
      version: number;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description From then on it is not accepted
       */
      expiresAt: string;
      /** @description When it was accepted; null while it is not */
      acceptedAt: string | null;
      /** @description The new member’s userId */
      acceptedBy: string | null;
      /** @description When it was revoked; null while it is not */
      revokedAt: string | null;
    };
    AcceptInvitation: {
      /**
       * @description The token; shown once
       * @example iv_…
       */
      token: string;
    };
    /**
     * @example {
     *       "grant": "invitation",
     *       "token": "iv_…",
     *       "name": "Ada"
     *     }
     */
    SignIn:
      | {
          /**
           * @description What is exchanged
           * @constant
           */
          grant: 'operator-token';
          /** @description The token; shown once */
          token: string;
        }
      | {
          /**
           * @description What is exchanged
           * @constant
           */
          grant: 'invitation';
          /** @description The token; shown once */
          token: string;
          /** @description A name for people */
          name?: string;
        }
      | {
          /**
           * @description What is exchanged
           * @constant
           */
          grant: 'sign-in-code';
          /** @description The code */
          code: string;
        }
      | {
          /**
           * @description What is exchanged
           * @constant
           */
          grant: 'refresh';
          /** @description The newest one */
          refreshToken: string;
        };
    SessionTokens: {
      /**
       * @description How it is sent
       * @constant
       */
      tokenType: 'Bearer';
      /** @description JWT; send it as Authorization: Bearer */
      accessToken: string;
      /** @description Life of the access token */
      expiresInS: number;
      /** @description Works once, for the next pair */
      refreshToken: string;
      /**
       * Format: date-time
       * @description End of the session
       */
      refreshExpiresAt: string;
    };
    EndedSession: {
      /**
       * Format: uuid
       * @description The session of the built-in issuer
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      sessionId: string;
    };
    SignInCode: {
      /** @description Works once */
      code: string;
      /**
       * Format: date-time
       * @description From then on it is not accepted
       */
      expiresAt: string;
    };
    RotateSigningKey: {
      /**
       * @description True: tokens of the old key end now. False: they live to their own end
       * @default false
       */
      compromised?: boolean;
    };
    SigningKey: {
      /**
       * Format: uuid
       * @description The API key, by its id; the key itself is shown once
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      keyId: string;
    };
    OpenIdConfiguration: {
      /**
       * @description `iss` of its tokens
       * @example https://admin.example.com
       */
      issuer: string;
      /**
       * @description Where its keys are
       * @example https://admin.example.com/.well-known/jwks.json
       */
      jwks_uri: string;
      /**
       * @description Where sessions begin
       * @example https://admin.example.com/v1/auth/token
       */
      token_endpoint: string;
      /**
       * @description None: it has no authorization endpoint
       * @example []
       */
      response_types_supported: string[];
      /**
       * @description `sub` is the same for everybody
       * @example [
       *       "public"
       *     ]
       */
      subject_types_supported: string[];
      /**
       * @description Its algorithms
       * @example [
       *       "EdDSA"
       *     ]
       */
      id_token_signing_alg_values_supported: string[];
    };
    JsonWebKeySet: {
      /** @description Keys of every token that is believed */
      keys: {
        /**
         * @description Kind of key
         * @example OKP
         */
        kty: string;
        /**
         * @description Curve
         * @example Ed25519
         */
        crv: string;
        /**
         * @description The public key
         * @example 11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo
         */
        x: string;
        /**
         * @description Id that tokens name it by
         * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b22
         */
        kid: string;
        /**
         * @description What it is for
         * @example sig
         */
        use: string;
        /**
         * @description Algorithm
         * @example EdDSA
         */
        alg: string;
      }[];
    };
    Me: {
      /**
       * @description Name in the audit log
       * @example user:0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      actor: string;
      /**
       * @description Kind
       * @enum {string}
       */
      kind: 'operator' | 'person' | 'token';
      /** @description The person; null for tokens */
      user: {
        /**
         * Format: uuid
         * @description The person
         * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
         */
        userId: string;
        /** @description Who vouches for the person: an OIDC issuer’s URL, or `built-in` */
        issuer: string;
        /** @description The mail address, in lower case */
        email: string | null;
        /** @description Whether the issuer vouches for the address */
        emailVerified: boolean;
        /** @description A name for people */
        name: string | null;
      } | null;
      /** @description The role among the operators */
      operatorRole: ('operator' | 'support') | null;
      /** @description The tenant of a tenant’s service token */
      tenantId: string | null;
      /** @description Outside any tenant; a person’s in his tenants are with these */
      permissions: (
        | 'tenants:read'
        | 'tenants:write'
        | 'tenants:own'
        | 'tenants:manage'
        | 'members:read'
        | 'members:write'
        | 'applications:read'
        | 'applications:write'
        | 'applications:stake'
        | 'endpoints:read'
        | 'endpoints:write'
        | 'keys:read'
        | 'keys:write'
        | 'alerts:read'
        | 'alerts:write'
        | 'usage:read'
        | 'billing:read'
        | 'billing:write'
        | 'tokens:read'
        | 'tokens:write'
        | 'audit:read'
        | 'network:read'
        | 'operations:read'
        | 'operations:write'
      )[];
      /** @description The tenants that the person is a member of */
      tenants: {
        /**
         * Format: uuid
         * @description The tenant
         * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
         */
        tenantId: string;
        /** @description A name for people */
        name: string;
        /**
         * @description What a member is in the tenant: docs/permissions.md says what each may do
         * @enum {string}
         */
        role: 'owner' | 'admin' | 'developer' | 'billing' | 'read-only';
        /** @description Rows of the table in docs/permissions.md */
        permissions: (
          | 'tenants:read'
          | 'tenants:write'
          | 'tenants:own'
          | 'tenants:manage'
          | 'members:read'
          | 'members:write'
          | 'applications:read'
          | 'applications:write'
          | 'applications:stake'
          | 'endpoints:read'
          | 'endpoints:write'
          | 'keys:read'
          | 'keys:write'
          | 'alerts:read'
          | 'alerts:write'
          | 'usage:read'
          | 'billing:read'
          | 'billing:write'
          | 'tokens:read'
          | 'tokens:write'
          | 'audit:read'
          | 'network:read'
          | 'operations:read'
          | 'operations:write'
        )[];
      }[];
      /** @description End of the credential */
      expiresAt: string | null;
    };
    AuditPage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['AuditEntry'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    AuditEntry: {
      /** @description Number of the entry in the audit log */
      entryId: string;
      /**
       * Format: date-time
       * @description When it happened
       */
      at: string;
      /** @description The tenant */
      tenantId: string | null;
      /**
       * @description Who did it
       * @example operator
       */
      actor: string;
      /**
       * @description What was done
       * @example tenant.suspend
       */
      action: string;
      /** @description Kind of the thing that changed */
      subjectType: string;
      /**
       * Format: uuid
       * @description Id of the thing that changed
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      subjectId: string;
      /** @description The request, as `X-Request-Id` named it */
      requestId: string | null;
      /** @description The fields as they were; null when the thing is new */
      before: {
        [key: string]: unknown;
      } | null;
      /** @description The fields as they are since; null when the thing is gone */
      after: {
        [key: string]: unknown;
      } | null;
    };
    Status: {
      /**
       * @description ok: it does
       * @constant
       */
      status: 'ok';
    };
    CreatePlan: {
      /**
       * @description A name for people
       * @example growth
       */
      name: string;
      /** @description null: the plan does not limit it */
      limits: {
        /**
         * @description Relays of the tenant a UTC day, beside what its stake buys; applications share it by their stakes
         * @default null
         */
        dailyRelaysMax?: number | null;
        /**
         * @description Beyond the daily limit: stop, so many percent more, or on as far as the protocol’s session allowance goes
         * @default {
         *       "mode": "stop"
         *     }
         */
        overage?:
          | {
              /**
               * @description What happens beyond the daily limit
               * @constant
               */
              mode: 'stop';
            }
          | {
              /**
               * @description What happens beyond the daily limit
               * @constant
               */
              mode: 'allow-percent';
              /** @description Percent of the daily limit that are allowed beyond it */
              percent: number;
            }
          | {
              /**
               * @description What happens beyond the daily limit
               * @constant
               */
              mode: 'allow-and-bill';
            };
        /**
         * @description Calls a second; rules of endpoints and keys may only lower them
         * @default {
         *       "tenant": null,
         *       "endpoint": null,
         *       "key": null
         *     }
         */
        perSecondMax?: {
          /**
           * @description Over all of the tenant’s keys
           * @default null
           */
          tenant?: number | null;
          /**
           * @description Over all keys of each endpoint
           * @default null
           */
          endpoint?: number | null;
          /**
           * @description The API key; shown once
           * @default null
           */
          key?: number | null;
        };
        /**
         * @description Calls in a JSON-RPC batch
         * @default null
         */
        batchCallsMax?: number | null;
        /**
         * @description Blocks that one log filter may span
         * @default null
         */
        logBlocksMax?: number | null;
        /**
         * @description Method names, or beginnings that end with *; null: all
         * @default null
         * @example [
         *       "eth_*"
         *     ]
         */
        methods?: string[] | null;
        /**
         * @description WebSocket connections at each gateway
         * @default null
         */
        socketsMax?: number | null;
      };
      /**
       * @description What relays cost; null: nothing
       * @default null
       */
      prices?: {
        /**
         * @description Code of the currency
         * @example USD
         */
        currency: string;
        /** @description Decimal places of the smallest unit */
        minorUnitExponent: number;
        /** @description Relays that a price is for */
        perRelays: 1000 | 1000000;
        /**
         * @description Relays of each period that cost nothing
         * @default 0
         * @example 1000000
         */
        includedRelays?: string;
        /**
         * @description Graduated: each relay costs what its own tier says. Bounds rise and are counted after the included relays; the last is null
         * @example [
         *       {
         *         "upToRelays": "1000000",
         *         "price": "0.05"
         *       },
         *       {
         *         "upToRelays": null,
         *         "price": "0.04"
         *       }
         *     ]
         */
        tiers: {
          /** @description Last relay of the period that this tier prices; null: all further ones */
          upToRelays: string | null;
          /**
           * @description Decimal, per `perRelays` relays
           * @example 0.045
           */
          price: string;
        }[];
        /**
         * @description For relays beyond `dailyRelaysMax`; null: as any other
         * @default null
         */
        overagePrice?: string | null;
      } | null;
    };
    Plan: {
      /**
       * Format: uuid
       * @description The plan
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      planId: string;
      /** @description A name for people */
      name: string;
      /** @description null: the plan does not limit it */
      limits: {
        /**
         * @description Relays of the tenant a UTC day, beside what its stake buys; applications share it by their stakes
         * @default null
         */
        dailyRelaysMax: number | null;
        /**
         * @description Beyond the daily limit: stop, so many percent more, or on as far as the protocol’s session allowance goes
         * @default {
         *       "mode": "stop"
         *     }
         */
        overage:
          | {
              /**
               * @description What happens beyond the daily limit
               * @constant
               */
              mode: 'stop';
            }
          | {
              /**
               * @description What happens beyond the daily limit
               * @constant
               */
              mode: 'allow-percent';
              /** @description Percent of the daily limit that are allowed beyond it */
              percent: number;
            }
          | {
              /**
               * @description What happens beyond the daily limit
               * @constant
               */
              mode: 'allow-and-bill';
            };
        /**
         * @description Calls a second; rules of endpoints and keys may only lower them
         * @default {
         *       "tenant": null,
         *       "endpoint": null,
         *       "key": null
         *     }
         */
        perSecondMax: {
          /**
           * @description Over all of the tenant’s keys
           * @default null
           */
          tenant: number | null;
          /**
           * @description Over all keys of each endpoint
           * @default null
           */
          endpoint: number | null;
          /**
           * @description The API key; shown once
           * @default null
           */
          key: number | null;
        };
        /**
         * @description Calls in a JSON-RPC batch
         * @default null
         */
        batchCallsMax: number | null;
        /**
         * @description Blocks that one log filter may span
         * @default null
         */
        logBlocksMax: number | null;
        /**
         * @description Method names, or beginnings that end with *; null: all
         * @default null
         * @example [
         *       "eth_*"
         *     ]
         */
        methods: string[] | null;
        /**
         * @description WebSocket connections at each gateway
         * @default null
         */
        socketsMax: number | null;
      };
      /** @description What relays cost; null: nothing */
      prices: {
        /**
         * @description Code of the currency
         * @example USD
         */
        currency: string;
        /** @description Decimal places of the smallest unit */
        minorUnitExponent: number;
        /** @description Relays that a price is for */
        perRelays: 1000 | 1000000;
        /**
         * @description Relays of each period that cost nothing
         * @default 0
         * @example 1000000
         */
        includedRelays: string;
        /**
         * @description Graduated: each relay costs what its own tier says. Bounds rise and are counted after the included relays; the last is null
         * @example [
         *       {
         *         "upToRelays": "1000000",
         *         "price": "0.05"
         *       },
         *       {
         *         "upToRelays": null,
         *         "price": "0.04"
         *       }
         *     ]
         */
        tiers: {
          /** @description Last relay of the period that this tier prices; null: all further ones */
          upToRelays: string | null;
          /**
           * @description Decimal, per `perRelays` relays
           * @example 0.045
           */
          price: string;
        }[];
        /**
         * @description For relays beyond `dailyRelaysMax`; null: as any other
         * @default null
         */
        overagePrice: string | null;
      } | null;
      /** @description Since when no further tenant gets it */
      retiredAt: string | null;
      /** @description Counts the changes; the ETag is this number in quotes */
      version: number;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it last changed
       */
      updatedAt: string;
    };
    PlanPage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['Plan'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    PlanVersions: {
      /** @description The entries of this page, in a stable order */
      items: {
        /** @description Version */
        version: number;
        /**
         * Format: date
         * @description First UTC day that its prices hold for
         * @example 2026-11-20
         */
        fromDay: string;
        /** @description null: the plan does not limit it */
        limits: {
          /**
           * @description Relays of the tenant a UTC day, beside what its stake buys; applications share it by their stakes
           * @default null
           */
          dailyRelaysMax: number | null;
          /**
           * @description Beyond the daily limit: stop, so many percent more, or on as far as the protocol’s session allowance goes
           * @default {
           *       "mode": "stop"
           *     }
           */
          overage:
            | {
                /**
                 * @description What happens beyond the daily limit
                 * @constant
                 */
                mode: 'stop';
              }
            | {
                /**
                 * @description What happens beyond the daily limit
                 * @constant
                 */
                mode: 'allow-percent';
                /** @description Percent of the daily limit that are allowed beyond it */
                percent: number;
              }
            | {
                /**
                 * @description What happens beyond the daily limit
                 * @constant
                 */
                mode: 'allow-and-bill';
              };
          /**
           * @description Calls a second; rules of endpoints and keys may only lower them
           * @default {
           *       "tenant": null,
           *       "endpoint": null,
           *       "key": null
           *     }
           */
          perSecondMax: {
            /**
             * @description Over all of the tenant’s keys
             * @default null
             */
            tenant: number | null;
            /**
             * @description Over all keys of each endpoint
             * @default null
             */
            endpoint: number | null;
            /**
             * @description The API key; shown once
             * @default null
             */
            key: number | null;
          };
          /**
           * @description Calls in a JSON-RPC batch
           * @default null
           */
          batchCallsMax: number | null;
          /**
           * @description Blocks that one log filter may span
           * @default null
           */
          logBlocksMax: number | null;
          /**
           * @description Method names, or beginnings that end with *; null: all
           * @default null
           * @example [
           *       "eth_*"
           *     ]
           */
          methods: string[] | null;
          /**
           * @description WebSocket connections at each gateway
           * @default null
           */
          socketsMax: number | null;
        };
        /** @description What relays cost; null: nothing */
        prices: {
          /**
           * @description Code of the currency
           * @example USD
           */
          currency: string;
          /** @description Decimal places of the smallest unit */
          minorUnitExponent: number;
          /** @description Relays that a price is for */
          perRelays: 1000 | 1000000;
          /**
           * @description Relays of each period that cost nothing
           * @default 0
           * @example 1000000
           */
          includedRelays: string;
          /**
           * @description Graduated: each relay costs what its own tier says. Bounds rise and are counted after the included relays; the last is null
           * @example [
           *       {
           *         "upToRelays": "1000000",
           *         "price": "0.05"
           *       },
           *       {
           *         "upToRelays": null,
           *         "price": "0.04"
           *       }
           *     ]
           */
          tiers: {
            /** @description Last relay of the period that this tier prices; null: all further ones */
            upToRelays: string | null;
            /**
             * @description Decimal, per `perRelays` relays
             * @example 0.045
             */
            price: string;
          }[];
          /**
           * @description For relays beyond `dailyRelaysMax`; null: as any other
           * @default null
           */
          overagePrice: string | null;
        } | null;
        /**
         * Format: date-time
         * @description When it was made
         */
        createdAt: string;
      }[];
    };
    UpdatePlan: {
      /** @description null: the plan does not limit it */
      limits?: {
        /**
         * @description Relays of the tenant a UTC day, beside what its stake buys; applications share it by their stakes
         * @default null
         */
        dailyRelaysMax?: number | null;
        /**
         * @description Beyond the daily limit: stop, so many percent more, or on as far as the protocol’s session allowance goes
         * @default {
         *       "mode": "stop"
         *     }
         */
        overage?:
          | {
              /**
               * @description What happens beyond the daily limit
               * @constant
               */
              mode: 'stop';
            }
          | {
              /**
               * @description What happens beyond the daily limit
               * @constant
               */
              mode: 'allow-percent';
              /** @description Percent of the daily limit that are allowed beyond it */
              percent: number;
            }
          | {
              /**
               * @description What happens beyond the daily limit
               * @constant
               */
              mode: 'allow-and-bill';
            };
        /**
         * @description Calls a second; rules of endpoints and keys may only lower them
         * @default {
         *       "tenant": null,
         *       "endpoint": null,
         *       "key": null
         *     }
         */
        perSecondMax?: {
          /**
           * @description Over all of the tenant’s keys
           * @default null
           */
          tenant?: number | null;
          /**
           * @description Over all keys of each endpoint
           * @default null
           */
          endpoint?: number | null;
          /**
           * @description The API key; shown once
           * @default null
           */
          key?: number | null;
        };
        /**
         * @description Calls in a JSON-RPC batch
         * @default null
         */
        batchCallsMax?: number | null;
        /**
         * @description Blocks that one log filter may span
         * @default null
         */
        logBlocksMax?: number | null;
        /**
         * @description Method names, or beginnings that end with *; null: all
         * @default null
         * @example [
         *       "eth_*"
         *     ]
         */
        methods?: string[] | null;
        /**
         * @description WebSocket connections at each gateway
         * @default null
         */
        socketsMax?: number | null;
      };
      /** @description What relays cost; null: nothing */
      prices?: {
        /**
         * @description Code of the currency
         * @example USD
         */
        currency: string;
        /** @description Decimal places of the smallest unit */
        minorUnitExponent: number;
        /** @description Relays that a price is for */
        perRelays: 1000 | 1000000;
        /**
         * @description Relays of each period that cost nothing
         * @default 0
         * @example 1000000
         */
        includedRelays?: string;
        /**
         * @description Graduated: each relay costs what its own tier says. Bounds rise and are counted after the included relays; the last is null
         * @example [
         *       {
         *         "upToRelays": "1000000",
         *         "price": "0.05"
         *       },
         *       {
         *         "upToRelays": null,
         *         "price": "0.04"
         *       }
         *     ]
         */
        tiers: {
          /** @description Last relay of the period that this tier prices; null: all further ones */
          upToRelays: string | null;
          /**
           * @description Decimal, per `perRelays` relays
           * @example 0.045
           */
          price: string;
        }[];
        /**
         * @description For relays beyond `dailyRelaysMax`; null: as any other
         * @default null
         */
        overagePrice?: string | null;
      } | null;
    };
    AssignPlan: {
      /**
       * Format: uuid
       * @description The plan
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      planId: string;
    };
    InvoiceDraft: {
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /**
       * Format: date
       * @description First UTC day, included
       * @example 2026-11-20
       */
      from: string;
      /**
       * Format: date
       * @description Last UTC day, included
       * @example 2026-11-20
       */
      to: string;
      /**
       * @description final: every day is closed; nothing will change any more
       * @enum {string}
       */
      state: 'provisional' | 'final';
      /**
       * Format: date-time
       * @description The instant that the answer shows
       */
      asOf: string;
      /** @description Exact count in digits */
      relays: string;
      /** @description Relays at one price each */
      lines: {
        /**
         * @description Kind
         * @enum {string}
         */
        kind: 'included' | 'relays' | 'overage' | 'unpriced' | 'correction';
        /**
         * Format: uuid
         * @description The endpoint
         * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
         */
        endpointId: string;
        /** @description Chain in any accepted name */
        chain: string;
        /**
         * Format: uuid
         * @description The plan
         * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
         */
        planId: string;
        /** @description The state of the plan, of `GET /v1/plans/{planId}/versions` */
        planVersion: number;
        /** @description Place among the sheet’s tiers, from 1; null where no tier prices */
        tier: number | null;
        /** @description A correction: the closed day that it adds to */
        corrects: string | null;
        /** @description UTC day of recording */
        recordedOn: string | null;
        /** @description Exact count in digits */
        relays: string;
        /** @description Decimal, per `perRelays` relays */
        price: string;
        /** @description Relays that a price is for */
        perRelays: number;
        /** @description Code of the currency */
        currency: string | null;
        /** @description Decimal, before rounding */
        exactAmount: string;
        /** @description In the smallest unit */
        amountMinor: string;
        /** @description Decimal */
        amount: string;
      }[];
      /** @description What each currency comes to */
      totals: {
        /** @description Code of the currency */
        currency: string;
        /** @description Decimal places of the currency’s smallest unit */
        minorUnitExponent: number;
        /** @description Exact count in digits */
        amountMinor: string;
        /** @description Decimal, rounded to the currency’s smallest unit */
        amount: string;
      }[];
      /** @description The rule by which amounts are rounded, in words */
      rounding: string;
    };
    LiveGatewayList: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['LiveGateway'][];
    };
    LiveGateway: {
      /**
       * @description The gateway
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      instanceId: string;
      /**
       * @description Version of the product
       * @example 0.1.0
       */
      version: string;
      /**
       * Format: date-time
       * @description When the gateway saw this
       */
      asOf: string;
      /**
       * Format: date-time
       * @description When it began
       */
      startedAt: string;
      /** @description A relay sent now would be served */
      ready: boolean;
      /**
       * @description Height of the Pocket ledger that it knows
       * @example 12
       */
      height: number;
      /**
       * @description Calls under way
       * @example 12
       */
      callsInFlight: number;
      /**
       * @description How late its timers run
       * @example 12
       */
      eventLoopLatenessMs: number;
      /**
       * @description Open subscriptions
       * @example 12
       */
      subscriptions: number;
      /**
       * @description Receipt chunks on its disk that PostgreSQL has not confirmed
       * @example 12
       */
      journalBacklogChunks: number;
      /** @description Its journal takes receipts */
      journalAccepting: boolean;
      /** @description Changes of keys and rules reach it; false: it may be behind */
      followsTenancy: boolean;
      /** @description Changes of settings and closures reach it; false: it may be behind */
      followsOperations: boolean;
      /**
       * @description Stories of requests that were not kept
       * @example 12
       */
      tracesDropped: number;
      /**
       * @description Runtime settings as they hold there
       * @example {
       *       "batch.callsMax": 100
       *     }
       */
      settings: {
        [key: string]: unknown;
      };
      /** @description Chains in use */
      chains: {
        /**
         * @description Slug of the chain
         * @example eth-mainnet
         */
        chain: string;
        /**
         * @description What the nodes agree on
         * @example 21000000
         */
        height: number | null;
        /**
         * @description Calls to nodes within the last minute
         * @example 12
         */
        callsLastMinute: number;
        /**
         * @description Those that no node answered well
         * @example 12
         */
        failedLastMinute: number;
      }[];
      /**
       * @description Nodes beyond what one record holds
       * @example 12
       */
      nodesLeftOut: number;
      /**
       * @description Sessions beyond what one record holds
       * @example 12
       */
      sessionsLeftOut: number;
    };
    LiveNodePage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['LiveNode'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    LiveNode: {
      /**
       * @description Slug of the chain
       * @example eth-mainnet
       */
      chain: string;
      /**
       * @description Public key of the node
       * @example 7dffe00000000000000000000000000000000000000000000000000000000c0a
       */
      node: string;
      /**
       * @description Address of the node
       * @example https://n1.nodes.example
       */
      url: string;
      /**
       * @description Who runs it, as far as its address shows
       * @example nodes.example
       */
      operator: string;
      /**
       * @description Height of the chain, as the node last said
       * @example 21000000
       */
      height: number | null;
      /**
       * @description Blocks behind what the nodes together say
       * @example 0
       */
      lag: number | null;
      /**
       * @description Moving average of success, 0..1
       * @example 0.998
       */
      success: number;
      /**
       * @description Moving average of latency
       * @example 41.5
       */
      latencyMs: number;
      /**
       * @description Median of the last answers
       * @example 38
       */
      latencyP50Ms: number | null;
      /**
       * @description 95th percentile of the last answers
       * @example 120
       */
      latencyP95Ms: number | null;
      /**
       * @description Share of traffic it deserves, 0..1
       * @example 0.7
       */
      weight: number;
      /**
       * @description usable, or what keeps it from relays
       * @example usable
       */
      state: string;
      /**
       * @description More of the state
       * @example null
       */
      reason: string | null;
      /**
       * @description Relays sent in the sessions of now
       * @example 12
       */
      relaysSent: number;
      /**
       * @description Relays left of the allowance in the sessions of now
       * @example 12
       */
      relaysLeft: number;
      /**
       * Format: date-time
       * @description When the gateway saw this
       */
      asOf: string;
      /** @description The same by gateway */
      gateways: {
        /**
         * @description Slug of the chain
         * @example eth-mainnet
         */
        chain: string;
        /**
         * @description Public key of the node
         * @example 7dffe00000000000000000000000000000000000000000000000000000000c0a
         */
        node: string;
        /**
         * @description Address of the node
         * @example https://n1.nodes.example
         */
        url: string;
        /**
         * @description Who runs it, as far as its address shows
         * @example nodes.example
         */
        operator: string;
        /**
         * @description Height of the chain, as the node last said
         * @example 21000000
         */
        height: number | null;
        /**
         * @description Blocks behind what the nodes together say
         * @example 0
         */
        lag: number | null;
        /**
         * @description Moving average of success, 0..1
         * @example 0.998
         */
        success: number;
        /**
         * @description Moving average of latency
         * @example 41.5
         */
        latencyMs: number;
        /**
         * @description Median of the last answers
         * @example 38
         */
        latencyP50Ms: number | null;
        /**
         * @description 95th percentile of the last answers
         * @example 120
         */
        latencyP95Ms: number | null;
        /**
         * @description Share of traffic it deserves, 0..1
         * @example 0.7
         */
        weight: number;
        /**
         * @description usable, or what keeps it from relays
         * @example usable
         */
        state: string;
        /**
         * @description More of the state
         * @example null
         */
        reason: string | null;
        /**
         * @description Relays sent in the sessions of now
         * @example 12
         */
        relaysSent: number;
        /**
         * @description Relays left of the allowance in the sessions of now
         * @example 12
         */
        relaysLeft: number;
        /**
         * @description Sessions with this node
         * @example 12
         */
        sessions: number;
        /**
         * @description The gateway
         * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
         */
        instanceId: string;
        /**
         * Format: date-time
         * @description When the gateway saw this
         */
        asOf: string;
      }[];
    };
    LiveNodeDetail: {
      /**
       * @description Public key of the node
       * @example 7dffe00000000000000000000000000000000000000000000000000000000c0a
       */
      node: string;
      /** @description The node on each chain that it serves now */
      chains: components['schemas']['LiveNode'][];
    };
    LiveSessionPage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['LiveSession'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    LiveSession: {
      /**
       * @description Slug of the chain
       * @example eth-mainnet
       */
      chain: string;
      /**
       * Format: uuid
       * @description The application
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      applicationId: string;
      /**
       * @description First height
       * @example 12
       */
      startHeight: number;
      /**
       * @description Last height
       * @example 12
       */
      endHeight: number;
      /**
       * @description Nodes that serve it
       * @example 12
       */
      nodes: number;
      /**
       * @description Relays that this gateway sent
       * @example 12
       */
      relaysSent: number;
      /**
       * @description Relays left to this gateway
       * @example 12
       */
      relaysLeft: number;
      /**
       * @description The gateway
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      instanceId: string;
      /**
       * Format: date-time
       * @description When the gateway saw this
       */
      asOf: string;
    };
    LiveQueueList: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['LiveQueue'][];
    };
    LiveQueue: {
      /**
       * @description The queue
       * @example chunks
       */
      name: string;
      /**
       * Format: date-time
       * @description The instant that the answer shows
       */
      asOf: string;
      /**
       * @description Jobs by state
       * @example {
       *       "waiting": 3,
       *       "failed": 0
       *     }
       */
      counts: {
        [key: string]: number;
      };
      /**
       * @description Age of the job that waits longest
       * @example 420
       */
      oldestWaitingMs: number | null;
      /**
       * @description Over the last minutes; null: not counted
       * @example 120
       */
      completedPerMinute: number | null;
      /**
       * @description Over the last minutes; null: not counted
       * @example 0
       */
      failedPerMinute: number | null;
    };
    FailedJobPage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['FailedJob'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    FailedJob: {
      /**
       * @description The job
       * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
       */
      jobId: string;
      /**
       * @description Kind of work
       * @example store-chunk
       */
      name: string;
      /**
       * @description Times it was tried
       * @example 12
       */
      attempts: number;
      /**
       * @description Why it failed last
       * @example connection terminated
       */
      failedReason: string;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /** @description When it failed for good */
      failedAt: string | null;
      /**
       * @description What it is about; of everything else the size only
       * @example {
       *       "version": 1,
       *       "bytesBase64Bytes": 5000
       *     }
       */
      payload: {
        [key: string]: string | number;
      };
    };
    RetriedJobs: {
      /**
       * @description Jobs put back to work, at most 1,000 at once
       * @example 12
       */
      retried: number;
    };
    RemovedJob: {
      /**
       * Format: uuid
       * @description What was taken out of a queue by hand
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      removalId: string;
      /**
       * @description The queue
       * @example chunks
       */
      queue: string;
      /**
       * @description The job
       * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
       */
      jobId: string;
      /**
       * @description Kind of work
       * @example store-chunk
       */
      name: string;
      /**
       * @description Times it was tried
       * @example 12
       */
      attempts: number;
      /**
       * @description Why it had failed
       * @example connection terminated
       */
      failedReason: string | null;
      /**
       * @description Who removed it
       * @example operator
       */
      removedBy: string;
      /**
       * Format: date-time
       * @description When it was removed
       */
      removedAt: string;
      /** @description When it was put back; null: it was not */
      restoredAt: string | null;
    };
    RuntimeSettingList: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['RuntimeSetting'][];
    };
    RuntimeSetting: {
      /**
       * @description A name for people
       * @example batch.callsMax
       * @enum {string}
       */
      name:
        | 'relays.extraShare'
        | 'probes.share'
        | 'calls.inFlightMax'
        | 'calls.inFlightShared'
        | 'calls.deadlineMs'
        | 'batch.callsMax'
        | 'websocket.connectionsMax'
        | 'log.level'
        | 'log.callsShare'
        | 'traces.servedShare'
        | 'traces.perSecondMax'
        | 'traces.retentionHours'
        | 'traces.rowsMax'
        | 'status.degradedShare'
        | 'status.callsMin'
        | 'notices.header';
      /** @description What it does */
      description: string;
      /** @description What changes with it, and when */
      effect: string;
      /** @description What the value counts; null for words and switches */
      unit: string | null;
      /**
       * @description JSON Schema of the value: its type and bounds
       * @example {
       *       "type": "integer",
       *       "minimum": 1,
       *       "maximum": 1000
       *     }
       */
      schema: {
        [key: string]: unknown;
      };
      /**
       * @description Holds where nobody said anything
       * @example 100
       */
      fallback: number | string | boolean;
      /** @description Variable of each gateway that holds while no value is set here */
      environment: string | null;
      /**
       * @description What is set here; null: nothing
       * @example 50
       */
      value: number | string | boolean | null;
      /** @description Counts the changes; the ETag is this number in quotes */
      version: number;
      /** @description When operators last changed it; null: never */
      updatedAt: string | null;
      /** @description Who did */
      updatedBy: string | null;
    };
    /**
     * @example {
     *       "value": 0.1
     *     }
     */
    ChangeRuntimeSetting: {
      /**
       * @description Within the bounds of the setting; null: the environment of each gateway decides again
       * @example 50
       */
      value: number | string | boolean | null;
    };
    ClosurePage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['Closure'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    Closure: {
      /**
       * Format: uuid
       * @description The closure
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      closureId: string;
      /**
       * @description One node, or all nodes of an operator
       * @enum {string}
       */
      kind: 'node' | 'operator';
      /** @description Public key of the node, or name of the operator */
      target: string;
      /** @description Relay chain id; null: all chains */
      chain: string | null;
      /**
       * @description cordon: no relay from now on. drain: what was begun is filled to the number of relays that is paid, then none
       * @enum {string}
       */
      mode: 'cordon' | 'drain';
      /**
       * @description Why, for people to read
       * @example answers with a stale head since 02:40
       */
      reason: string;
      /**
       * @description Who did it
       * @example operator
       */
      createdBy: string;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /** @description It opens by itself then; null: when someone opens it */
      expiresAt: string | null;
    };
    CreateClosure: {
      /**
       * @description One node, or all nodes of an operator
       * @enum {string}
       */
      kind: 'node' | 'operator';
      /**
       * @description Public key of the node, or the operator as the list of nodes names it
       * @example 7dffe00000000000000000000000000000000000000000000000000000000c0a
       */
      target: string;
      /**
       * @description Chain in any accepted name
       * @default null
       */
      chain?: string | null;
      /**
       * @description cordon: no relay from now on. drain: what was begun is filled to the number of relays that is paid, then none
       * @enum {string}
       */
      mode: 'cordon' | 'drain';
      /**
       * @description Why, for people to read
       * @example answers with a stale head since 02:40
       */
      reason: string;
      /** @description It opens again by itself; null: until someone opens it */
      expiresAt?: string | null;
    };
    CloseNode: {
      /**
       * @description Chain in any accepted name
       * @default null
       */
      chain?: string | null;
      /**
       * @description Why, for people to read
       * @example answers with a stale head since 02:40
       */
      reason: string;
      /** @description It opens again by itself; null: until someone opens it */
      expiresAt?: string | null;
    };
    OpenNode: {
      /**
       * @description Chain in any accepted name
       * @default null
       */
      chain?: string | null;
    };
    NoticePage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['Notice'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    Notice: {
      /**
       * Format: uuid
       * @description The notice
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      noticeId: string;
      /** @description Relay chain id; null: all chains */
      chain: string | null;
      /**
       * @description How much it concerns callers
       * @enum {string}
       */
      severity: 'info' | 'maintenance' | 'outage';
      /**
       * @description What callers are told
       * @example Gnosis nodes are being upgraded; expect slower answers.
       */
      message: string;
      /**
       * Format: date-time
       * @description From then on it is in force
       */
      startsAt: string;
      /** @description Until then; null: until further notice */
      endsAt: string | null;
      /**
       * @description Who did it
       * @example operator
       */
      createdBy: string;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it last changed
       */
      updatedAt: string;
    };
    CreateNotice: {
      /**
       * @description Chain in any accepted name
       * @default null
       */
      chain?: string | null;
      /**
       * @description How much it concerns callers
       * @default maintenance
       * @enum {string}
       */
      severity?: 'info' | 'maintenance' | 'outage';
      /**
       * @description What callers are told
       * @example Gnosis nodes are being upgraded; expect slower answers.
       */
      message: string;
      /** @description null: now */
      startsAt?: string | null;
      /** @description null: until further notice */
      endsAt?: string | null;
    };
    ChangeNotice: {
      /**
       * @description How much it concerns callers
       * @enum {string}
       */
      severity?: 'info' | 'maintenance' | 'outage';
      /**
       * @description What callers are told
       * @example Gnosis nodes are being upgraded; expect slower answers.
       */
      message?: string;
      /**
       * Format: date-time
       * @description From then on it is in force
       */
      startsAt?: string;
      /** @description Until then; null: until further notice */
      endsAt?: string | null;
    };
    RequestTracePage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['RequestTrace'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    RequestTrace: {
      /**
       * @description The story
       * @example 81234
       */
      traceId: string;
      /** @description The request, as `X-Request-Id` named it */
      requestId: string;
      /**
       * Format: date-time
       * @description When it happened
       */
      at: string;
      /**
       * @description Instance that served it
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      gateway: string;
      /** @description The tenant */
      tenantId: string | null;
      /** @description The endpoint */
      endpointId: string | null;
      /** @description The API key, by its id; the key itself is shown once */
      keyId: string | null;
      /**
       * @description First characters of the key
       * @example pk_4kVbQ2
       */
      keyPrefix: string | null;
      /**
       * @description Slug of the chain
       * @example eth-mainnet
       */
      chain: string | null;
      /**
       * @description Method
       * @example eth_call
       */
      method: string | null;
      /**
       * @description served, local, or the reason of the refusal
       * @example served
       */
      outcome: string;
      /**
       * @description Why the story was kept
       * @enum {string}
       */
      cause: 'refused' | 'failed' | 'explained' | 'sampled';
      /**
       * @description From the read call to its answer
       * @example 41.2
       */
      durationMs: number | null;
      /** @description What decided against the call; null: nothing did */
      decision: {
        /**
         * @description Reason of the error catalogue
         * @example policy
         */
        reason: string;
        /**
         * @description The rule that decided
         * @example origins
         */
        rule: string | null;
        /**
         * @description Limits and values that decided
         * @example {
         *       "seen": "https://other.example"
         *     }
         */
        seen: {
          [key: string]: unknown;
        };
        /** @description What the caller was told, where it is not the usual text */
        message: string | null;
      } | null;
      /** @description Applications asked, in order */
      applications: {
        /**
         * Format: uuid
         * @description The application
         * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
         */
        applicationId: string;
        /**
         * @description Whether its day let the call in
         * @enum {string}
         */
        admission: 'admitted' | 'spent' | 'unavailable';
        /**
         * @description Units used of its day
         * @example 120
         */
        used: number | null;
        /**
         * @description Units of its day
         * @example 1000000
         */
        limit: number | null;
      }[];
      /** @description Nodes of the session, as they stood at the end of the call */
      candidates: {
        /**
         * @description Public key of the node
         * @example 7dffe00000000000000000000000000000000000000000000000000000000c0a
         */
        node: string;
        /**
         * @description Who runs the node, as far as its address shows
         * @example nodes.example
         */
        operator: string;
        /**
         * @description usable, or why it got nothing
         * @example usable
         */
        verdict: string;
        /**
         * @description More of the why
         * @example null
         */
        reason: string | null;
        /**
         * @description By success and latency, 0..1
         * @example 0.92
         */
        weight: number;
        /**
         * @description Share of the session’s calls, 0..1
         * @example 0.25
         */
        share: number;
        /**
         * @description Relays left in the session, to this gateway
         * @example 1500
         */
        left: number;
      }[];
      /** @description Relays sent, in order */
      attempts: {
        /**
         * @description Public key of the node
         * @example 7dffe00000000000000000000000000000000000000000000000000000000c0a
         */
        node: string;
        /**
         * @description Who runs the node, as far as its address shows
         * @example nodes.example
         */
        operator: string;
        /**
         * @description Height at which the session began
         * @example 41
         */
        sessionHeight: number;
        /**
         * Format: uuid
         * @description The application
         * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
         */
        applicationId: string;
        /**
         * @description ok, or the class of the error
         * @example ok
         */
        outcome: string;
        /**
         * @description More of the error
         * @example null
         */
        detail: string | null;
        /**
         * @description Until the node had answered
         * @example 38.5
         */
        durationMs: number;
        /**
         * @description Bytes of the request
         * @example 78
         */
        bytesIn: number | null;
        /**
         * @description Bytes of the answer
         * @example 112
         */
        bytesOut: number | null;
        /** @description Asked because the first node took long */
        hedge: boolean;
      }[];
      /** @description No node was in good standing; the least bad served */
      degraded: boolean;
      /**
       * @description Relays sent for it: each costs allowance
       * @example 1
       */
      relays: number;
      /**
       * @description Units counted against the day’s limit
       * @example 1
       */
      billedUnits: number;
    };
    RequestExplanation: {
      /** @description The request, as `X-Request-Id` named it */
      requestId: string;
      /** @description One for each call of a batch that was kept */
      calls: components['schemas']['RequestTrace'][];
    };
    Explain: {
      /**
       * Format: uuid
       * @description The endpoint
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      endpointId: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /** @description Whether the endpoint’s keys may ask for explanations */
      allowed: boolean;
    };
    /**
     * @example {
     *       "allowed": true
     *     }
     */
    SetExplain: {
      /** @description Whether the endpoint’s keys may ask for explanations */
      allowed: boolean;
    };
    CreateAlertRule: {
      /**
       * @description A name for people
       * @example Production
       */
      name: string;
      /**
       * @description Whose day is watched: an application’s limit, or the sum of the limits that an endpoint or the tenant has
       * @default application
       * @enum {string}
       */
      subject?: 'application' | 'endpoint' | 'tenant';
      /**
       * @description The only one that is watched; null: every one of that kind
       * @default null
       */
      subjectId?: string | null;
      /**
       * @description Percent of the daily limit
       * @default [
       *       50,
       *       80,
       *       100
       *     ]
       * @example [
       *       50,
       *       80,
       *       100
       *     ]
       */
      thresholds?: number[];
      /**
       * @description Channels that hear of it; null: all
       * @default null
       * @example null
       */
      channelIds?: string[] | null;
      /**
       * @description A rule that is off finds nothing
       * @default true
       */
      enabled?: boolean;
    };
    AlertRule: {
      /**
       * Format: uuid
       * @description The rule
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      ruleId: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /** @description A name for people */
      name: string;
      /**
       * @description Whose day is watched: an application’s limit, or the sum of the limits that an endpoint or the tenant has
       * @enum {string}
       */
      subject: 'application' | 'endpoint' | 'tenant';
      /** @description The only one that is watched; null: every one of that kind */
      subjectId: string | null;
      /**
       * @description Percent of the daily limit
       * @example [
       *       50,
       *       80,
       *       100
       *     ]
       */
      thresholds: number[];
      /**
       * @description Channels that hear of it; null: all
       * @example null
       */
      channelIds: string[] | null;
      /** @description A rule that is off finds nothing */
      enabled: boolean;
      /** @description Counts the changes; the ETag is this number in quotes */
      version: number;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it last changed
       */
      updatedAt: string;
    };
    AlertRulePage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['AlertRule'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    /**
     * @example {
     *       "thresholds": [
     *         60,
     *         90,
     *         100
     *       ]
     *     }
     */
    UpdateAlertRule: {
      /** @description A name for people */
      name?: string;
      /**
       * @description Whose day is watched: an application’s limit, or the sum of the limits that an endpoint or the tenant has
       * @enum {string}
       */
      subject?: 'application' | 'endpoint' | 'tenant';
      /** @description The only one that is watched; null: every one of that kind */
      subjectId?: string | null;
      /**
       * @description Percent of the daily limit
       * @example [
       *       50,
       *       80,
       *       100
       *     ]
       */
      thresholds?: number[];
      /**
       * @description Channels that hear of it; null: all
       * @example null
       */
      channelIds?: string[] | null;
      /** @description A rule that is off finds nothing */
      enabled?: boolean;
    };
    /**
     * @example {
     *       "kind": "webhook",
     *       "name": "Ops",
     *       "url": "https://hooks.acme.example/pokt"
     *     }
     */
    CreateAlertChannel:
      | {
          /**
           * @description Kind
           * @constant
           */
          kind: 'webhook';
          /** @description A name for people */
          name: string;
          /**
           * @description https URL of the public internet; checked again at every connection
           * @example https://hooks.acme.example/pokt
           */
          url: string;
          /**
           * @description whsec_ and 24 to 64 bytes in base64; absent: one is made
           * @example whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD
           */
          secret?: string;
        }
      | {
          /**
           * @description Kind
           * @constant
           */
          kind: 'email';
          /** @description A name for people */
          name: string;
          /**
           * Format: email
           * @description Address that must be confirmed
           * @example ops@acme.example
           */
          address: string;
        };
    AlertChannelWithSecret: {
      /**
       * Format: uuid
       * @description The channel
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      channelId: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /**
       * @description How it is reached
       * @enum {string}
       */
      kind: 'webhook' | 'email';
      /** @description A name for people */
      name: string;
      /**
       * @description URL of the webhook, or the e-mail address
       * @example https://hooks.acme.example/pokt
       */
      target: string;
      /**
       * @description Only an active channel is sent to. paused: by the tenant. disabled: by the system
       * @example active
       * @enum {string}
       */
      status: 'unconfirmed' | 'active' | 'paused' | 'disabled';
      /**
       * @description Why the system disabled it; null: it did not
       * @example null
       */
      disabledReason: string | null;
      /**
       * @description It has done nothing but fail since then; null: the last delivery arrived
       * @example null
       */
      failingSinceAt: string | null;
      /**
       * @description Number of the signing secret; 0 for e-mail
       * @example 1
       */
      secretVersion: number;
      /**
       * @description Until then messages carry a signature by the secret before, too
       * @example null
       */
      previousSecretEndsAt: string | null;
      /** @description Counts the changes; the ETag is this number in quotes */
      version: number;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it last changed
       */
      updatedAt: string;
      /**
       * @description Signing secret, shown once; null for e-mail
       * @example whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD
       */
      secret: string | null;
    };
    AlertChannelPage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['AlertChannel'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    AlertChannel: {
      /**
       * Format: uuid
       * @description The channel
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      channelId: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /**
       * @description How it is reached
       * @enum {string}
       */
      kind: 'webhook' | 'email';
      /** @description A name for people */
      name: string;
      /**
       * @description URL of the webhook, or the e-mail address
       * @example https://hooks.acme.example/pokt
       */
      target: string;
      /**
       * @description Only an active channel is sent to. paused: by the tenant. disabled: by the system
       * @example active
       * @enum {string}
       */
      status: 'unconfirmed' | 'active' | 'paused' | 'disabled';
      /**
       * @description Why the system disabled it; null: it did not
       * @example null
       */
      disabledReason: string | null;
      /**
       * @description It has done nothing but fail since then; null: the last delivery arrived
       * @example null
       */
      failingSinceAt: string | null;
      /**
       * @description Number of the signing secret; 0 for e-mail
       * @example 1
       */
      secretVersion: number;
      /**
       * @description Until then messages carry a signature by the secret before, too
       * @example null
       */
      previousSecretEndsAt: string | null;
      /** @description Counts the changes; the ETag is this number in quotes */
      version: number;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description When it last changed
       */
      updatedAt: string;
    };
    /**
     * @example {
     *       "name": "Ops, on call"
     *     }
     */
    UpdateAlertChannel: {
      /** @description A name for people */
      name?: string;
      /**
       * @description https URL of the public internet; checked again at every connection
       * @example https://hooks.acme.example/pokt
       */
      url?: string;
    };
    RotateAlertChannelSecret: {
      /**
       * @description whsec_ and 24 to 64 bytes in base64; absent: one is made
       * @example whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD
       */
      secret?: string;
      /**
       * @description For how long messages carry both signatures
       * @default 24h
       * @enum {string}
       */
      overlap?: '0' | '1h' | '24h' | '7d' | '30d';
    };
    ConfirmAlertChannel: {
      /**
       * @description The code of the confirmation mail
       * @example k5m2q7xw3bnr6tdy4hcz
       */
      code: string;
    };
    AlertDelivery: {
      /**
       * Format: uuid
       * @description The delivery; also `webhook-id` and Message-ID, the same at every attempt
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      deliveryId: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /**
       * Format: uuid
       * @description The channel
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      channelId: string;
      /** @description The threshold that was crossed; null for other messages */
      alertId: string | null;
      /**
       * @description Type of the message
       * @example quota.threshold-crossed
       */
      type: string;
      /**
       * @description failed: the schedule is at its end, the receiver refused, or the channel was disabled
       * @example delivered
       * @enum {string}
       */
      status: 'pending' | 'delivered' | 'failed';
      /**
       * @description Attempts since it was made or sent again
       * @example 1
       */
      attempts: number;
      /**
       * @description When it is tried next; null unless pending
       * @example null
       */
      nextAttemptAt: string | null;
      /**
       * @description Why the last attempt failed
       * @example null
       */
      lastError: string | null;
      /**
       * @description When it first arrived
       * @example 2026-11-20T09:30:00.000Z
       */
      deliveredAt: string | null;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
    };
    ResendFailedAlertDeliveries: {
      /**
       * Format: date-time
       * @description Failed deliveries made since then
       * @example 2026-11-20T00:00:00.000Z
       */
      since: string;
    };
    ResentAlertDeliveries: {
      /** @description Deliveries that are sent again; at most 1,000 at a time */
      resent: number;
    };
    AlertPage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['Alert'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    Alert: {
      /**
       * Format: uuid
       * @description The alert
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      alertId: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /**
       * @description Whose day is watched: an application’s limit, or the sum of the limits that an endpoint or the tenant has
       * @enum {string}
       */
      subject: 'application' | 'endpoint' | 'tenant';
      /**
       * Format: uuid
       * @description The application, endpoint or tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      subjectId: string;
      /** @description UTC day */
      day: string;
      /**
       * @description Percent
       * @example 80
       */
      threshold: number;
      /**
       * @description Relays used when it was noticed
       * @example 800000
       */
      usedRelays: string;
      /**
       * @description The daily limit at that time
       * @example 800000
       */
      limitRelays: string;
      /**
       * Format: date-time
       * @description When it was noticed
       * @example 2026-11-20T09:30:00.000Z
       */
      crossedAt: string;
    };
    AlertDeliveryPage: {
      /** @description The entries of this page, in a stable order */
      items: components['schemas']['AlertDelivery'][];
      /** @description Cursor of the next page; null at the end */
      next: string | null;
    };
    AlertDeliveryDetails: {
      /**
       * Format: uuid
       * @description The delivery; also `webhook-id` and Message-ID, the same at every attempt
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      deliveryId: string;
      /**
       * Format: uuid
       * @description The tenant
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      tenantId: string;
      /**
       * Format: uuid
       * @description The channel
       * @example 0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11
       */
      channelId: string;
      /** @description The threshold that was crossed; null for other messages */
      alertId: string | null;
      /**
       * @description Type of the message
       * @example quota.threshold-crossed
       */
      type: string;
      /**
       * @description failed: the schedule is at its end, the receiver refused, or the channel was disabled
       * @example delivered
       * @enum {string}
       */
      status: 'pending' | 'delivered' | 'failed';
      /**
       * @description Attempts since it was made or sent again
       * @example 1
       */
      attempts: number;
      /**
       * @description When it is tried next; null unless pending
       * @example null
       */
      nextAttemptAt: string | null;
      /**
       * @description Why the last attempt failed
       * @example null
       */
      lastError: string | null;
      /**
       * @description When it first arrived
       * @example 2026-11-20T09:30:00.000Z
       */
      deliveredAt: string | null;
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
      /**
       * @description What is signed and sent
       * @example {"type":"alert.test","timestamp":"2026-11-20T09:30:00.000Z","data":{}}
       */
      body: string;
      /** @description Attempts, oldest first; the newest hundred */
      log: components['schemas']['AlertDeliveryAttempt'][];
    };
    AlertDeliveryAttempt: {
      /**
       * Format: date-time
       * @description When the attempt began
       * @example 2026-11-20T09:30:00.000Z
       */
      startedAt: string;
      /**
       * @description How long it took
       * @example 84
       */
      durationMs: number;
      /**
       * @description rejected: this message will not be taken. gone: the receiver wants nothing any more
       * @enum {string}
       */
      outcome: 'delivered' | 'retry' | 'rejected' | 'gone';
      /**
       * @description HTTP status or SMTP reply code; null: no answer
       * @example 204
       */
      status: number | null;
      /**
       * @description What went wrong
       * @example null
       */
      error: string | null;
      /**
       * @description Beginning of the receiver’s answer
       * @example ok
       */
      answer: string | null;
    };
    /**
     * @example {
     *       "type": "/problems/not-found",
     *       "title": "Not found",
     *       "status": 404,
     *       "code": "not-found",
     *       "detail": "There is no such tenant.",
     *       "docs": "/problems/not-found",
     *       "requestId": "3f0c8a52b1d94e0f8f7a2f1f64f0a7c1"
     *     }
     */
    Problem: {
      /** @description Address of the explanation of this code */
      type: string;
      /** @description The code in words */
      title: string;
      /** @description HTTP status of the answer */
      status: number;
      /** @description Stable code to tell cases apart by */
      code: string;
      /** @description What happened in this case */
      detail: string;
      /** @description The same as `type` */
      docs: string;
      /** @description Name this when reporting a fault */
      requestId: string;
      /** @description With `invalid`: each place that does not fit, at most 50 */
      errors?: {
        /** @description Place in the body, the query or the path; empty for the whole */
        path: string;
        /** @description What is expected there */
        message: string;
      }[];
    } & {
      [key: string]: unknown;
    };
    /**
     * @description Codes of this version. Later versions may add codes and never change the meaning of one.
     * @enum {string}
     */
    ProblemCode:
      | 'invalid'
      | 'chain-unknown'
      | 'aat-invalid'
      | 'aat-for-another-gateway'
      | 'webhook-url-refused'
      | 'confirmation-wrong'
      | 'unauthenticated'
      | 'forbidden'
      | 'not-found'
      | 'method-not-allowed'
      | 'events-gone'
      | 'application-not-staked'
      | 'application-registered'
      | 'application-unstaking'
      | 'not-managed'
      | 'stake-lower'
      | 'channel-limit'
      | 'channel-state'
      | 'already-revoked'
      | 'plan-exists'
      | 'plan-retired'
      | 'tenant-deleting'
      | 'tenant-deleted'
      | 'not-deleting'
      | 'key-erased'
      | 'application-staked'
      | 'idempotency-key-reused'
      | 'stake-refused'
      | 'treasury-short'
      | 'job-not-failed'
      | 'already-member'
      | 'invitation-unusable'
      | 'last-owner'
      | 'version-changed'
      | 'too-large'
      | 'media-type'
      | 'internal'
      | 'alerts-off'
      | 'ledger-unreachable'
      | 'queue-unavailable'
      | 'unavailable';
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  listTenants: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
        /** @description A part of the name; the beginning of a tenant’s id (4 characters or more) or of a key (pk_…, at most 16); an application’s id, address or public key */
        search?: string;
        /** @description The state it is in */
        status?: 'active' | 'suspended' | 'deleting' | 'deleted';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "name": "Acme dApps",
           *           "status": "active",
           *           "suspendedReason": null,
           *           "planId": "00000000-0000-7000-8000-000000000001",
           *           "contactEmail": null,
           *           "notes": null,
           *           "notice": null,
           *           "deletionReason": null,
           *           "deletesAt": "2026-11-20T09:30:00.000Z",
           *           "erasedAt": null,
           *           "version": 1,
           *           "createdAt": "2026-11-20T09:00:00.000Z",
           *           "updatedAt": "2026-11-20T09:30:00.000Z"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['TenantPage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createTenant: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Acme dApps",
         *       "contactEmail": "ops@example.com",
         *       "notes": null,
         *       "notice": "Invoices come on the 5th from December on"
         *     }
         */
        'application/json': components['schemas']['CreateTenant'];
      };
    };
    responses: {
      /** @description Success */
      201: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "status": "active",
           *       "suspendedReason": null,
           *       "planId": "00000000-0000-7000-8000-000000000001",
           *       "contactEmail": null,
           *       "notes": null,
           *       "notice": null,
           *       "deletionReason": null,
           *       "deletesAt": "2026-11-20T09:30:00.000Z",
           *       "erasedAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Tenant'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenant: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "status": "active",
           *       "suspendedReason": null,
           *       "planId": "00000000-0000-7000-8000-000000000001",
           *       "contactEmail": null,
           *       "notes": null,
           *       "notice": null,
           *       "deletionReason": null,
           *       "deletesAt": "2026-11-20T09:30:00.000Z",
           *       "erasedAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Tenant'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteTenant: {
    parameters: {
      query?: {
        /** @description The reason, for people to read */
        reason?: string;
      };
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "status": "active",
           *       "suspendedReason": null,
           *       "planId": "00000000-0000-7000-8000-000000000001",
           *       "contactEmail": null,
           *       "notes": null,
           *       "notice": null,
           *       "deletionReason": null,
           *       "deletesAt": "2026-11-20T09:30:00.000Z",
           *       "erasedAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Tenant'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  updateTenant: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Acme dApps",
         *       "contactEmail": "ops@example.com",
         *       "notes": null,
         *       "notice": "Invoices come on the 5th from December on"
         *     }
         */
        'application/json': components['schemas']['UpdateTenant'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "status": "active",
           *       "suspendedReason": null,
           *       "planId": "00000000-0000-7000-8000-000000000001",
           *       "contactEmail": null,
           *       "notes": null,
           *       "notice": null,
           *       "deletionReason": null,
           *       "deletesAt": "2026-11-20T09:30:00.000Z",
           *       "erasedAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Tenant'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  suspendTenant: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "Invoice 2026-10 is unpaid"
         *     }
         */
        'application/json': components['schemas']['Reason'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "status": "active",
           *       "suspendedReason": null,
           *       "planId": "00000000-0000-7000-8000-000000000001",
           *       "contactEmail": null,
           *       "notes": null,
           *       "notice": null,
           *       "deletionReason": null,
           *       "deletesAt": "2026-11-20T09:30:00.000Z",
           *       "erasedAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Tenant'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  resumeTenant: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "status": "active",
           *       "suspendedReason": null,
           *       "planId": "00000000-0000-7000-8000-000000000001",
           *       "contactEmail": null,
           *       "notes": null,
           *       "notice": null,
           *       "deletionReason": null,
           *       "deletesAt": "2026-11-20T09:30:00.000Z",
           *       "erasedAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Tenant'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  restoreTenant: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "status": "active",
           *       "suspendedReason": null,
           *       "planId": "00000000-0000-7000-8000-000000000001",
           *       "contactEmail": null,
           *       "notes": null,
           *       "notice": null,
           *       "deletionReason": null,
           *       "deletesAt": "2026-11-20T09:30:00.000Z",
           *       "erasedAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Tenant'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  exportTenant: {
    parameters: {
      query?: {
        /** @description ndjson: a line per thing; json: one array of the same */
        format?: 'ndjson' | 'json';
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "type": "type"
           *     }
           */
          'application/json': components['schemas']['ExportLine'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: A service behind this API is away, or as many long answers run as may run at once. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listApplications: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "name": "Acme dApps",
           *           "source": "managed",
           *           "state": "staked",
           *           "isSettled": true,
           *           "failure": null,
           *           "pendingTransactionHash": null,
           *           "publicKey": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *           "address": "address",
           *           "chains": [
           *             "0021"
           *           ],
           *           "aat": {
           *             "version": "0.0.1",
           *             "app_pub_key": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *             "client_pub_key": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
           *             "signature": "7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d"
           *           },
           *           "stakedUpokt": "25000000000",
           *           "stakedPokt": "25000",
           *           "requestedUpokt": "25000000000",
           *           "dailyRelaysMax": 1000000,
           *           "sessionRelaysMax": "41750",
           *           "sessionRelaysPerNodeMax": null,
           *           "usedToday": {
           *             "day": "2026-11-20",
           *             "used": 12480,
           *             "remaining": 987520,
           *             "resetAt": "2026-11-21T00:00:00.000Z",
           *             "source": "redis"
           *           },
           *           "usableFromHeight": 129,
           *           "version": 1,
           *           "createdAt": "2026-11-20T09:00:00.000Z",
           *           "updatedAt": "2026-11-20T09:30:00.000Z"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['ApplicationPage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createApplication: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
        /** @description `wait=<seconds>` (RFC 7240), at most 60: the answer comes once the first session that counts the stake has begun, so that the application serves relays, or when the time is over. */
        Prefer?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateApplication'];
      };
    };
    responses: {
      /** @description Success */
      201: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "source": "managed",
           *       "state": "staked",
           *       "isSettled": true,
           *       "failure": null,
           *       "pendingTransactionHash": null,
           *       "publicKey": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *       "address": "address",
           *       "chains": [
           *         "0021"
           *       ],
           *       "aat": {
           *         "version": "0.0.1",
           *         "app_pub_key": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *         "client_pub_key": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
           *         "signature": "7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d"
           *       },
           *       "stakedUpokt": "25000000000",
           *       "stakedPokt": "25000",
           *       "requestedUpokt": "25000000000",
           *       "dailyRelaysMax": 1000000,
           *       "sessionRelaysMax": "41750",
           *       "sessionRelaysPerNodeMax": null,
           *       "usedToday": {
           *         "day": "2026-11-20",
           *         "used": 12480,
           *         "remaining": 987520,
           *         "resetAt": "2026-11-21T00:00:00.000Z",
           *         "source": "redis"
           *       },
           *       "usableFromHeight": 129,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Application'];
        };
      };
      /**
       * @description `chain-unknown`: No chain has this name.
       *
       *     `aat-invalid`: The application authentication token does not verify: its signature is not the application’s over the other fields.
       *
       *     `aat-for-another-gateway`: The application authentication token names another gateway’s client key.
       *
       *     `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds.
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `application-not-staked`: The ledger knows no such staked application.
       *
       *     `application-registered`: The application is registered already.
       *
       *     `stake-refused`: The ledger refused a transaction; `detail` gives its reason, `ledgerCode` and `codespace` its code.
       *
       *     `treasury-short`: The operator’s treasury cannot pay for the stake and its fee.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `ledger-unreachable`: The network’s RPC did not answer. What was asked is kept. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getApplication: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The application */
        applicationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "source": "managed",
           *       "state": "staked",
           *       "isSettled": true,
           *       "failure": null,
           *       "pendingTransactionHash": null,
           *       "publicKey": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *       "address": "address",
           *       "chains": [
           *         "0021"
           *       ],
           *       "aat": {
           *         "version": "0.0.1",
           *         "app_pub_key": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *         "client_pub_key": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
           *         "signature": "7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d"
           *       },
           *       "stakedUpokt": "25000000000",
           *       "stakedPokt": "25000",
           *       "requestedUpokt": "25000000000",
           *       "dailyRelaysMax": 1000000,
           *       "sessionRelaysMax": "41750",
           *       "sessionRelaysPerNodeMax": null,
           *       "usedToday": {
           *         "day": "2026-11-20",
           *         "used": 12480,
           *         "remaining": 987520,
           *         "resetAt": "2026-11-21T00:00:00.000Z",
           *         "source": "redis"
           *       },
           *       "usableFromHeight": 129,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Application'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  stakeApplication: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The application */
        applicationId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "stakePokt": "25000",
         *       "chains": [
         *         "eth-mainnet"
         *       ]
         *     }
         */
        'application/json': components['schemas']['StakeApplication'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "source": "managed",
           *       "state": "staked",
           *       "isSettled": true,
           *       "failure": null,
           *       "pendingTransactionHash": null,
           *       "publicKey": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *       "address": "address",
           *       "chains": [
           *         "0021"
           *       ],
           *       "aat": {
           *         "version": "0.0.1",
           *         "app_pub_key": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *         "client_pub_key": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
           *         "signature": "7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d"
           *       },
           *       "stakedUpokt": "25000000000",
           *       "stakedPokt": "25000",
           *       "requestedUpokt": "25000000000",
           *       "dailyRelaysMax": 1000000,
           *       "sessionRelaysMax": "41750",
           *       "sessionRelaysPerNodeMax": null,
           *       "usedToday": {
           *         "day": "2026-11-20",
           *         "used": 12480,
           *         "remaining": 987520,
           *         "resetAt": "2026-11-21T00:00:00.000Z",
           *         "source": "redis"
           *       },
           *       "usableFromHeight": 129,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Application'];
        };
      };
      /**
       * @description `chain-unknown`: No chain has this name.
       *
       *     `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds.
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `stake-lower`: A stake can only be raised, and this one would be lower than now.
       *
       *     `application-unstaking`: The stake is on its way back, and the network takes a new one only once that is over.
       *
       *     `not-managed`: The application’s key is not held here, so no transaction can be signed for it.
       *
       *     `stake-refused`: The ledger refused a transaction; `detail` gives its reason, `ledgerCode` and `codespace` its code.
       *
       *     `treasury-short`: The operator’s treasury cannot pay for the stake and its fee.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `ledger-unreachable`: The network’s RPC did not answer. What was asked is kept. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  transferApplication: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The application */
        applicationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "source": "managed",
           *       "state": "staked",
           *       "isSettled": true,
           *       "failure": null,
           *       "pendingTransactionHash": null,
           *       "publicKey": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *       "address": "address",
           *       "chains": [
           *         "0021"
           *       ],
           *       "aat": {
           *         "version": "0.0.1",
           *         "app_pub_key": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *         "client_pub_key": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
           *         "signature": "7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d"
           *       },
           *       "stakedUpokt": "25000000000",
           *       "stakedPokt": "25000",
           *       "requestedUpokt": "25000000000",
           *       "dailyRelaysMax": 1000000,
           *       "sessionRelaysMax": "41750",
           *       "sessionRelaysPerNodeMax": null,
           *       "usedToday": {
           *         "day": "2026-11-20",
           *         "used": 12480,
           *         "remaining": 987520,
           *         "resetAt": "2026-11-21T00:00:00.000Z",
           *         "source": "redis"
           *       },
           *       "usableFromHeight": 129,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Application'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `not-managed`: The application’s key is not held here, so no transaction can be signed for it.
       *
       *     `application-not-staked`: The ledger knows no such staked application.
       *
       *     `stake-refused`: The ledger refused a transaction; `detail` gives its reason, `ledgerCode` and `codespace` its code.
       *
       *     `treasury-short`: The operator’s treasury cannot pay for the stake and its fee.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `ledger-unreachable`: The network’s RPC did not answer. What was asked is kept. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  unstakeApplication: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The application */
        applicationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "source": "managed",
           *       "state": "staked",
           *       "isSettled": true,
           *       "failure": null,
           *       "pendingTransactionHash": null,
           *       "publicKey": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *       "address": "address",
           *       "chains": [
           *         "0021"
           *       ],
           *       "aat": {
           *         "version": "0.0.1",
           *         "app_pub_key": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *         "client_pub_key": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
           *         "signature": "7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d"
           *       },
           *       "stakedUpokt": "25000000000",
           *       "stakedPokt": "25000",
           *       "requestedUpokt": "25000000000",
           *       "dailyRelaysMax": 1000000,
           *       "sessionRelaysMax": "41750",
           *       "sessionRelaysPerNodeMax": null,
           *       "usedToday": {
           *         "day": "2026-11-20",
           *         "used": 12480,
           *         "remaining": 987520,
           *         "resetAt": "2026-11-21T00:00:00.000Z",
           *         "source": "redis"
           *       },
           *       "usableFromHeight": 129,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Application'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `not-managed`: The application’s key is not held here, so no transaction can be signed for it.
       *
       *     `application-not-staked`: The ledger knows no such staked application.
       *
       *     `application-unstaking`: The stake is on its way back, and the network takes a new one only once that is over.
       *
       *     `stake-refused`: The ledger refused a transaction; `detail` gives its reason, `ledgerCode` and `codespace` its code.
       *
       *     `treasury-short`: The operator’s treasury cannot pay for the stake and its fee.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `ledger-unreachable`: The network’s RPC did not answer. What was asked is kept. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  withdrawApplication: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The application */
        applicationId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /** @example {} */
        'application/json': components['schemas']['WithdrawApplication'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "source": "managed",
           *       "state": "staked",
           *       "isSettled": true,
           *       "failure": null,
           *       "pendingTransactionHash": null,
           *       "publicKey": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *       "address": "address",
           *       "chains": [
           *         "0021"
           *       ],
           *       "aat": {
           *         "version": "0.0.1",
           *         "app_pub_key": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *         "client_pub_key": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
           *         "signature": "7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d"
           *       },
           *       "stakedUpokt": "25000000000",
           *       "stakedPokt": "25000",
           *       "requestedUpokt": "25000000000",
           *       "dailyRelaysMax": 1000000,
           *       "sessionRelaysMax": "41750",
           *       "sessionRelaysPerNodeMax": null,
           *       "usedToday": {
           *         "day": "2026-11-20",
           *         "used": 12480,
           *         "remaining": 987520,
           *         "resetAt": "2026-11-21T00:00:00.000Z",
           *         "source": "redis"
           *       },
           *       "usableFromHeight": 129,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Application'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `not-managed`: The application’s key is not held here, so no transaction can be signed for it.
       *
       *     `application-staked`: The application’s POKT is staked.
       *
       *     `application-unstaking`: The stake is on its way back, and the network takes a new one only once that is over.
       *
       *     `stake-refused`: The ledger refused a transaction; `detail` gives its reason, `ledgerCode` and `codespace` its code.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `ledger-unreachable`: The network’s RPC did not answer. What was asked is kept. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  settleApplication: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The application */
        applicationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "source": "managed",
           *       "state": "staked",
           *       "isSettled": true,
           *       "failure": null,
           *       "pendingTransactionHash": null,
           *       "publicKey": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *       "address": "address",
           *       "chains": [
           *         "0021"
           *       ],
           *       "aat": {
           *         "version": "0.0.1",
           *         "app_pub_key": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *         "client_pub_key": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
           *         "signature": "7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d7d"
           *       },
           *       "stakedUpokt": "25000000000",
           *       "stakedPokt": "25000",
           *       "requestedUpokt": "25000000000",
           *       "dailyRelaysMax": 1000000,
           *       "sessionRelaysMax": "41750",
           *       "sessionRelaysPerNodeMax": null,
           *       "usedToday": {
           *         "day": "2026-11-20",
           *         "used": 12480,
           *         "remaining": 987520,
           *         "resetAt": "2026-11-21T00:00:00.000Z",
           *         "source": "redis"
           *       },
           *       "usableFromHeight": 129,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Application'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `stake-refused`: The ledger refused a transaction; `detail` gives its reason, `ledgerCode` and `codespace` its code.
       *
       *     `treasury-short`: The operator’s treasury cannot pay for the stake and its fee.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `ledger-unreachable`: The network’s RPC did not answer. What was asked is kept. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listEndpoints: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "name": "Acme dApps",
           *           "status": "active",
           *           "suspendedReason": null,
           *           "applicationIds": [
           *             "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12"
           *           ],
           *           "chains": [
           *             "0021"
           *           ],
           *           "answerStyle": "wallet",
           *           "verifyInline": false,
           *           "readQuorum": 1,
           *           "rules": {
           *             "origins": [
           *               "https://app.acme.example",
           *               "*.acme.example"
           *             ],
           *             "userAgents": [
           *               "acme-backend/*"
           *             ],
           *             "addresses": [
           *               "203.0.113.0/24"
           *             ],
           *             "methods": [
           *               "eth_*"
           *             ],
           *             "contracts": [
           *               "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"
           *             ],
           *             "perSecondMax": 100
           *           },
           *           "secretRequired": false,
           *           "version": 1,
           *           "createdAt": "2026-11-20T09:00:00.000Z",
           *           "updatedAt": "2026-11-20T09:30:00.000Z"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['EndpointPage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createEndpoint: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Production",
         *       "applicationIds": [
         *         "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12"
         *       ],
         *       "chains": [
         *         "0021"
         *       ],
         *       "answerStyle": "wallet",
         *       "rules": {
         *         "origins": [
         *           "https://app.acme.example",
         *           "*.acme.example"
         *         ],
         *         "userAgents": [
         *           "acme-backend/*"
         *         ],
         *         "addresses": [
         *           "203.0.113.0/24"
         *         ],
         *         "methods": [
         *           "eth_*"
         *         ],
         *         "contracts": [
         *           "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"
         *         ],
         *         "perSecondMax": 100
         *       },
         *       "verifyInline": false,
         *       "readQuorum": 1
         *     }
         */
        'application/json': components['schemas']['CreateEndpoint'];
      };
    };
    responses: {
      /** @description Success */
      201: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "status": "active",
           *       "suspendedReason": null,
           *       "applicationIds": [
           *         "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12"
           *       ],
           *       "chains": [
           *         "0021"
           *       ],
           *       "answerStyle": "wallet",
           *       "verifyInline": false,
           *       "readQuorum": 1,
           *       "rules": {
           *         "origins": [
           *           "https://app.acme.example",
           *           "*.acme.example"
           *         ],
           *         "userAgents": [
           *           "acme-backend/*"
           *         ],
           *         "addresses": [
           *           "203.0.113.0/24"
           *         ],
           *         "methods": [
           *           "eth_*"
           *         ],
           *         "contracts": [
           *           "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"
           *         ],
           *         "perSecondMax": 100
           *       },
           *       "secretRequired": false,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Endpoint'];
        };
      };
      /**
       * @description `chain-unknown`: No chain has this name.
       *
       *     `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds.
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The endpoint */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "status": "active",
           *       "suspendedReason": null,
           *       "applicationIds": [
           *         "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12"
           *       ],
           *       "chains": [
           *         "0021"
           *       ],
           *       "answerStyle": "wallet",
           *       "verifyInline": false,
           *       "readQuorum": 1,
           *       "rules": {
           *         "origins": [
           *           "https://app.acme.example",
           *           "*.acme.example"
           *         ],
           *         "userAgents": [
           *           "acme-backend/*"
           *         ],
           *         "addresses": [
           *           "203.0.113.0/24"
           *         ],
           *         "methods": [
           *           "eth_*"
           *         ],
           *         "contracts": [
           *           "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"
           *         ],
           *         "perSecondMax": 100
           *       },
           *       "secretRequired": false,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Endpoint'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  updateEndpoint: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The endpoint */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Acme dApps",
         *       "applicationIds": [
         *         "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12"
         *       ],
         *       "chains": [
         *         "0021"
         *       ],
         *       "answerStyle": "wallet",
         *       "rules": {
         *         "origins": [
         *           "https://app.acme.example",
         *           "*.acme.example"
         *         ],
         *         "userAgents": [
         *           "acme-backend/*"
         *         ],
         *         "addresses": [
         *           "203.0.113.0/24"
         *         ],
         *         "methods": [
         *           "eth_*"
         *         ],
         *         "contracts": [
         *           "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"
         *         ],
         *         "perSecondMax": 100
         *       },
         *       "verifyInline": false,
         *       "readQuorum": 1
         *     }
         */
        'application/json': components['schemas']['UpdateEndpoint'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "status": "active",
           *       "suspendedReason": null,
           *       "applicationIds": [
           *         "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12"
           *       ],
           *       "chains": [
           *         "0021"
           *       ],
           *       "answerStyle": "wallet",
           *       "verifyInline": false,
           *       "readQuorum": 1,
           *       "rules": {
           *         "origins": [
           *           "https://app.acme.example",
           *           "*.acme.example"
           *         ],
           *         "userAgents": [
           *           "acme-backend/*"
           *         ],
           *         "addresses": [
           *           "203.0.113.0/24"
           *         ],
           *         "methods": [
           *           "eth_*"
           *         ],
           *         "contracts": [
           *           "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"
           *         ],
           *         "perSecondMax": 100
           *       },
           *       "secretRequired": false,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Endpoint'];
        };
      };
      /**
       * @description `chain-unknown`: No chain has this name.
       *
       *     `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds.
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  suspendEndpoint: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The endpoint */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "reason": "Invoice 2026-10 is unpaid"
         *     }
         */
        'application/json': components['schemas']['Reason'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "status": "active",
           *       "suspendedReason": null,
           *       "applicationIds": [
           *         "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12"
           *       ],
           *       "chains": [
           *         "0021"
           *       ],
           *       "answerStyle": "wallet",
           *       "verifyInline": false,
           *       "readQuorum": 1,
           *       "rules": {
           *         "origins": [
           *           "https://app.acme.example",
           *           "*.acme.example"
           *         ],
           *         "userAgents": [
           *           "acme-backend/*"
           *         ],
           *         "addresses": [
           *           "203.0.113.0/24"
           *         ],
           *         "methods": [
           *           "eth_*"
           *         ],
           *         "contracts": [
           *           "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"
           *         ],
           *         "perSecondMax": 100
           *       },
           *       "secretRequired": false,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Endpoint'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  resumeEndpoint: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The endpoint */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "status": "active",
           *       "suspendedReason": null,
           *       "applicationIds": [
           *         "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12"
           *       ],
           *       "chains": [
           *         "0021"
           *       ],
           *       "answerStyle": "wallet",
           *       "verifyInline": false,
           *       "readQuorum": 1,
           *       "rules": {
           *         "origins": [
           *           "https://app.acme.example",
           *           "*.acme.example"
           *         ],
           *         "userAgents": [
           *           "acme-backend/*"
           *         ],
           *         "addresses": [
           *           "203.0.113.0/24"
           *         ],
           *         "methods": [
           *           "eth_*"
           *         ],
           *         "contracts": [
           *           "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"
           *         ],
           *         "perSecondMax": 100
           *       },
           *       "secretRequired": false,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Endpoint'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listKeys: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The endpoint */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "keyId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b14",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *           "name": "Acme dApps",
           *           "prefix": "pk_4kVbQ2",
           *           "rules": {
           *             "chains": [
           *               "0021"
           *             ],
           *             "methods": [
           *               "eth_*"
           *             ],
           *             "perSecondMax": 100
           *           },
           *           "expiresAt": "2027-02-18T09:00:00.000Z",
           *           "replacesKeyId": null,
           *           "version": 1,
           *           "createdAt": "2026-11-20T09:00:00.000Z",
           *           "revokedAt": null,
           *           "lastUsedAt": "2026-11-20T09:29:00.000Z"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['KeyPage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The endpoint */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Acme dApps",
         *       "rules": {
         *         "chains": [
         *           "0021"
         *         ],
         *         "methods": [
         *           "eth_*"
         *         ],
         *         "perSecondMax": 100
         *       },
         *       "expiresAt": "2027-02-18T09:00:00.000Z"
         *     }
         */
        'application/json': components['schemas']['CreateKey'];
      };
    };
    responses: {
      /** @description Success */
      201: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "keyId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b14",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *       "name": "Acme dApps",
           *       "prefix": "pk_4kVbQ2",
           *       "rules": {
           *         "chains": [
           *           "0021"
           *         ],
           *         "methods": [
           *           "eth_*"
           *         ],
           *         "perSecondMax": 100
           *       },
           *       "expiresAt": "2027-02-18T09:00:00.000Z",
           *       "replacesKeyId": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "revokedAt": null,
           *       "lastUsedAt": "2026-11-20T09:29:00.000Z",
           *       "key": "pk_4kVbQ2mWc8rTz1LfXy7JhN5sPd3GeA6u_1Xk9Qb",
           *       "url": "https://rpc.example/v1/pk_4kVbQ2mWc8rTz1LfXy7JhN5sPd3GeA6u_1Xk9Qb/{chain}"
           *     }
           */
          'application/json': components['schemas']['CreatedKey'];
        };
      };
      /**
       * @description `chain-unknown`: No chain has this name.
       *
       *     `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds.
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getKey: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The endpoint */
        endpointId: string;
        /** @description The API key, by its id; the key itself is shown once */
        keyId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "keyId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b14",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *       "name": "Acme dApps",
           *       "prefix": "pk_4kVbQ2",
           *       "rules": {
           *         "chains": [
           *           "0021"
           *         ],
           *         "methods": [
           *           "eth_*"
           *         ],
           *         "perSecondMax": 100
           *       },
           *       "expiresAt": "2027-02-18T09:00:00.000Z",
           *       "replacesKeyId": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "revokedAt": null,
           *       "lastUsedAt": "2026-11-20T09:29:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Key'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  revokeKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The endpoint */
        endpointId: string;
        /** @description The API key, by its id; the key itself is shown once */
        keyId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "keyId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b14",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *       "name": "Acme dApps",
           *       "prefix": "pk_4kVbQ2",
           *       "rules": {
           *         "chains": [
           *           "0021"
           *         ],
           *         "methods": [
           *           "eth_*"
           *         ],
           *         "perSecondMax": 100
           *       },
           *       "expiresAt": "2027-02-18T09:00:00.000Z",
           *       "replacesKeyId": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "revokedAt": null,
           *       "lastUsedAt": "2026-11-20T09:29:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Key'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `already-revoked`: It is revoked already.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  rotateKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The endpoint */
        endpointId: string;
        /** @description The API key, by its id; the key itself is shown once */
        keyId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "overlap": "24h"
         *     }
         */
        'application/json': components['schemas']['RotateKey'];
      };
    };
    responses: {
      /** @description Success */
      201: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "keyId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b14",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *       "name": "Acme dApps",
           *       "prefix": "pk_4kVbQ2",
           *       "rules": {
           *         "chains": [
           *           "0021"
           *         ],
           *         "methods": [
           *           "eth_*"
           *         ],
           *         "perSecondMax": 100
           *       },
           *       "expiresAt": "2027-02-18T09:00:00.000Z",
           *       "replacesKeyId": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "revokedAt": null,
           *       "lastUsedAt": "2026-11-20T09:29:00.000Z",
           *       "key": "pk_4kVbQ2mWc8rTz1LfXy7JhN5sPd3GeA6u_1Xk9Qb",
           *       "url": "https://rpc.example/v1/pk_4kVbQ2mWc8rTz1LfXy7JhN5sPd3GeA6u_1Xk9Qb/{chain}"
           *     }
           */
          'application/json': components['schemas']['CreatedKey'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `already-revoked`: It is revoked already.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  demandEndpointSecret: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The endpoint */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      201: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "status": "active",
           *       "suspendedReason": null,
           *       "applicationIds": [
           *         "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12"
           *       ],
           *       "chains": [
           *         "0021"
           *       ],
           *       "answerStyle": "wallet",
           *       "verifyInline": false,
           *       "readQuorum": 1,
           *       "rules": {
           *         "origins": [
           *           "https://app.acme.example",
           *           "*.acme.example"
           *         ],
           *         "userAgents": [
           *           "acme-backend/*"
           *         ],
           *         "addresses": [
           *           "203.0.113.0/24"
           *         ],
           *         "methods": [
           *           "eth_*"
           *         ],
           *         "contracts": [
           *           "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"
           *         ],
           *         "perSecondMax": 100
           *       },
           *       "secretRequired": false,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z",
           *       "secret": "es_7fJq2LwXv9bRk4TnZc1YdH6mPs8GeA3u"
           *     }
           */
          'application/json': components['schemas']['EndpointSecret'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  dropEndpointSecret: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The endpoint */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "status": "active",
           *       "suspendedReason": null,
           *       "applicationIds": [
           *         "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12"
           *       ],
           *       "chains": [
           *         "0021"
           *       ],
           *       "answerStyle": "wallet",
           *       "verifyInline": false,
           *       "readQuorum": 1,
           *       "rules": {
           *         "origins": [
           *           "https://app.acme.example",
           *           "*.acme.example"
           *         ],
           *         "userAgents": [
           *           "acme-backend/*"
           *         ],
           *         "addresses": [
           *           "203.0.113.0/24"
           *         ],
           *         "methods": [
           *           "eth_*"
           *         ],
           *         "contracts": [
           *           "0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"
           *         ],
           *         "perSecondMax": 100
           *       },
           *       "secretRequired": false,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Endpoint'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  dryRunEndpoint: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The endpoint */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "keyId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b14",
         *       "chain": "eth-mainnet",
         *       "method": "eth_blockNumber",
         *       "params": null,
         *       "batchCalls": 1,
         *       "origin": "https://app.acme.example",
         *       "userAgent": "acme-backend/1.4",
         *       "address": "",
         *       "secret": "es_7fJq2LwXv9bRk4TnZc1YdH6mPs8GeA3u"
         *     }
         */
        'application/json': components['schemas']['DryRun'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "passes": false,
           *       "reason": null,
           *       "rule": null,
           *       "seen": null,
           *       "message": "The method is not on this endpoint’s list."
           *     }
           */
          'application/json': components['schemas']['DryRunResult'];
        };
      };
      /**
       * @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds.
       *
       *     `chain-unknown`: No chain has this name.
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getUsage: {
    parameters: {
      query?: {
        /** @description First UTC day, included */
        from?: string;
        /** @description Last UTC day, included */
        to?: string;
        /** @description The endpoint */
        endpointId?: string;
        /** @description The application */
        applicationId?: string;
        /** @description The API key, by its id; the key itself is shown once */
        keyId?: string;
        /** @description Chain in any accepted name */
        chain?: string;
        /** @description JSON-RPC method */
        method?: string;
        /** @description Comma-separated: day, hour, tenant, endpoint, application, chain, method, key. Hours are known from the day on that this version ran. */
        groupBy?: string;
        /** @description json: a page; ndjson, csv: everything, streamed. Default: by `Accept`, else json */
        format?: 'json' | 'ndjson' | 'csv';
        /** @description `next` of the page before, or the `id` of any row: rows after it */
        cursor?: string;
        /** @description Most rows; json: 200 unless stated and at most 1,000, ndjson and csv: all unless stated */
        limit?: number;
        /** @description The tenant */
        tenantId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "id": "id",
           *           "day": "2026-11-20",
           *           "hour": "2026-11-20T09:00:00.000Z",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *           "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *           "keyId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b14",
           *           "chain": "eth-mainnet",
           *           "method": "eth_blockNumber",
           *           "billableRelays": "12480",
           *           "sentRelays": "12502",
           *           "clientRelays": "12480",
           *           "retryRelays": "20",
           *           "hedgeRelays": "0",
           *           "quorumRelays": "0",
           *           "probeRelays": "2",
           *           "rpcErrors": "3",
           *           "bytesIn": "1048576",
           *           "bytesOut": "8388608",
           *           "durationUs": "561600000",
           *           "recordedOn": null,
           *           "corrects": null,
           *           "final": true,
           *           "updatedAt": "2026-11-20T09:30:00.000Z"
           *         }
           *       ],
           *       "next": null,
           *       "asOf": "2026-11-20T09:30:00.000Z",
           *       "final": true
           *     }
           */
          'application/json': components['schemas']['UsagePage'];
          /** @example {"id":"2026-11-20","day":"2026-11-20","billableRelays":"12480","final":true} */
          'application/x-ndjson': string;
          /**
           * @example day,billableRelays,sentRelays,clientRelays,retryRelays,hedgeRelays,quorumRelays,probeRelays,rpcErrors,bytesIn,bytesOut,durationUs,final,updatedAt,id,recordedOn,corrects
           *     2026-11-20,12480,12502,12480,20,0,0,2,3,1048576,8388608,561600000,true,2026-11-21T00:15:02.000Z,2026-11-20,,
           */
          'text/csv': string;
        };
      };
      /**
       * @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds.
       *
       *     `chain-unknown`: No chain has this name.
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: A service behind this API is away, or as many long answers run as may run at once. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantUsage: {
    parameters: {
      query?: {
        /** @description First UTC day, included */
        from?: string;
        /** @description Last UTC day, included */
        to?: string;
        /** @description The endpoint */
        endpointId?: string;
        /** @description The application */
        applicationId?: string;
        /** @description The API key, by its id; the key itself is shown once */
        keyId?: string;
        /** @description Chain in any accepted name */
        chain?: string;
        /** @description JSON-RPC method */
        method?: string;
        /** @description Comma-separated: day, hour, tenant, endpoint, application, chain, method, key. Hours are known from the day on that this version ran. */
        groupBy?: string;
        /** @description json: a page; ndjson, csv: everything, streamed. Default: by `Accept`, else json */
        format?: 'json' | 'ndjson' | 'csv';
        /** @description `next` of the page before, or the `id` of any row: rows after it */
        cursor?: string;
        /** @description Most rows; json: 200 unless stated and at most 1,000, ndjson and csv: all unless stated */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "id": "id",
           *           "day": "2026-11-20",
           *           "hour": "2026-11-20T09:00:00.000Z",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *           "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *           "keyId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b14",
           *           "chain": "eth-mainnet",
           *           "method": "eth_blockNumber",
           *           "billableRelays": "12480",
           *           "sentRelays": "12502",
           *           "clientRelays": "12480",
           *           "retryRelays": "20",
           *           "hedgeRelays": "0",
           *           "quorumRelays": "0",
           *           "probeRelays": "2",
           *           "rpcErrors": "3",
           *           "bytesIn": "1048576",
           *           "bytesOut": "8388608",
           *           "durationUs": "561600000",
           *           "recordedOn": null,
           *           "corrects": null,
           *           "final": true,
           *           "updatedAt": "2026-11-20T09:30:00.000Z"
           *         }
           *       ],
           *       "next": null,
           *       "asOf": "2026-11-20T09:30:00.000Z",
           *       "final": true
           *     }
           */
          'application/json': components['schemas']['UsagePage'];
          /** @example {"id":"2026-11-20","day":"2026-11-20","billableRelays":"12480","final":true} */
          'application/x-ndjson': string;
          /**
           * @example day,billableRelays,sentRelays,clientRelays,retryRelays,hedgeRelays,quorumRelays,probeRelays,rpcErrors,bytesIn,bytesOut,durationUs,final,updatedAt,id,recordedOn,corrects
           *     2026-11-20,12480,12502,12480,20,0,0,2,3,1048576,8388608,561600000,true,2026-11-21T00:15:02.000Z,2026-11-20,,
           */
          'text/csv': string;
        };
      };
      /**
       * @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds.
       *
       *     `chain-unknown`: No chain has this name.
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: A service behind this API is away, or as many long answers run as may run at once. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listCosts: {
    parameters: {
      query?: {
        /** @description First UTC day, included */
        from?: string;
        /** @description Last UTC day, included */
        to?: string;
        /** @description The endpoint */
        endpointId?: string;
        /** @description Chain in any accepted name */
        chain?: string;
        /** @description Comma-separated: day, tenant, endpoint, chain */
        groupBy?: string;
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
        /** @description The tenant */
        tenantId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "id": "id",
           *           "day": "2026-11-20",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *           "chain": "eth-mainnet",
           *           "billableRelays": "12480",
           *           "sentRelays": "12502",
           *           "clientRelays": "12480",
           *           "retryRelays": "20",
           *           "hedgeRelays": "0",
           *           "quorumRelays": "0",
           *           "probeRelays": "2",
           *           "unpricedRelays": "0",
           *           "costUpokt": "0"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['CostPage'];
        };
      };
      /**
       * @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds.
       *
       *     `chain-unknown`: No chain has this name.
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listTenantCosts: {
    parameters: {
      query?: {
        /** @description First UTC day, included */
        from?: string;
        /** @description Last UTC day, included */
        to?: string;
        /** @description The endpoint */
        endpointId?: string;
        /** @description Chain in any accepted name */
        chain?: string;
        /** @description Comma-separated: day, tenant, endpoint, chain */
        groupBy?: string;
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "id": "id",
           *           "day": "2026-11-20",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *           "chain": "eth-mainnet",
           *           "billableRelays": "12480",
           *           "sentRelays": "12502",
           *           "clientRelays": "12480",
           *           "retryRelays": "20",
           *           "hedgeRelays": "0",
           *           "quorumRelays": "0",
           *           "probeRelays": "2",
           *           "unpricedRelays": "0",
           *           "costUpokt": "0"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['CostPage'];
        };
      };
      /**
       * @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds.
       *
       *     `chain-unknown`: No chain has this name.
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listUsageEvents: {
    parameters: {
      query?: {
        /** @description The last sequence that was processed; 0 for the beginning */
        after?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "specversion": "1.0",
           *           "id": "id",
           *           "source": "source",
           *           "type": "type",
           *           "subject": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "time": "2026-11-20T09:30:00.000Z",
           *           "datacontenttype": "application/json",
           *           "sequence": "0000000000000001042",
           *           "data": {
           *             "day": "2026-11-20",
           *             "billableRelays": "40"
           *           }
           *         }
           *       ],
           *       "next": "next",
           *       "oldest": "oldest"
           *     }
           */
          'application/json': components['schemas']['UsageEvents'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `events-gone`: Events after the sequence asked for were kept for their time and are removed. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listTenantUsageEvents: {
    parameters: {
      query?: {
        /** @description The last sequence that was processed; 0 for the beginning */
        after?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "specversion": "1.0",
           *           "id": "id",
           *           "source": "source",
           *           "type": "type",
           *           "subject": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "time": "2026-11-20T09:30:00.000Z",
           *           "datacontenttype": "application/json",
           *           "sequence": "0000000000000001042",
           *           "data": {
           *             "day": "2026-11-20",
           *             "billableRelays": "40"
           *           }
           *         }
           *       ],
           *       "next": "next",
           *       "oldest": "oldest"
           *     }
           */
          'application/json': components['schemas']['UsageEvents'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `events-gone`: Events after the sequence asked for were kept for their time and are removed. */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  reconcileUsage: {
    parameters: {
      query: {
        /** @description UTC day */
        day: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "day": "2026-11-20",
           *       "asOf": "2026-11-20T09:30:00.000Z",
           *       "final": true,
           *       "receipts": "12502",
           *       "usage": "12502",
           *       "provenRelays": "12500",
           *       "usageDifference": "0",
           *       "unprovenRelays": "2",
           *       "differences": [
           *         {
           *           "applicationPublicKey": "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
           *           "chain": "eth-mainnet",
           *           "sessionHeight": 121,
           *           "receipts": "12502",
           *           "unproven": "2",
           *           "spansDays": false,
           *           "reasons": {
           *             "too-few-to-claim": "2"
           *           }
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['Reconciliation'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getNetwork: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "chainId": "mainnet",
           *       "height": 123,
           *       "session": {
           *         "startHeight": 121,
           *         "nextStartHeight": 125,
           *         "blocksPerSession": 4
           *       },
           *       "parameters": {
           *         "sessionNodeCount": 5,
           *         "baseRelaysPerPokt": "16700",
           *         "relaysToTokensMultiplierUpokt": "25000000000",
           *         "applicationStakeMinimumUpokt": "25000000000",
           *         "applicationChainsMax": 15
           *       },
           *       "relaysPerPoktPerDay": 40,
           *       "gatewayClientPublicKey": "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
           *       "treasuryAddress": "2b8a7e6f5d4c3b2a190817263544536271809fae"
           *     }
           */
          'application/json': components['schemas']['Network'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: A service behind this API is away, or as many long answers run as may run at once. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listChains: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "id": "id",
           *           "slug": "eth-mainnet",
           *           "aliases": [
           *             "ethereum"
           *           ],
           *           "name": "Acme dApps",
           *           "kind": "evm",
           *           "evmChainId": 1,
           *           "blockTimeMs": 12000,
           *           "nativeCurrency": {
           *             "name": "Acme dApps",
           *             "symbol": "ETH",
           *             "decimals": 18
           *           },
           *           "explorer": null
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['ChainList'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listTokens: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
        /** @description The tenant */
        tenantId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "tokenId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b15",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "name": "Acme dApps",
           *           "prefix": "pk_4kVbQ2",
           *           "scopes": [
           *             "usage:read"
           *           ],
           *           "version": 1,
           *           "createdAt": "2026-11-20T09:00:00.000Z",
           *           "expiresAt": "2027-02-18T09:00:00.000Z",
           *           "revokedAt": null,
           *           "lastUsedAt": "2026-11-20T09:29:00.000Z"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['TokenPage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createToken: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "billing job",
         *       "scopes": [
         *         "usage:read"
         *       ],
         *       "expiresInDays": 90,
         *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11"
         *     }
         */
        'application/json': components['schemas']['CreateToken'];
      };
    };
    responses: {
      /** @description Success */
      201: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tokenId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b15",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "prefix": "pk_4kVbQ2",
           *       "scopes": [
           *         "usage:read"
           *       ],
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "expiresAt": "2027-02-18T09:00:00.000Z",
           *       "revokedAt": null,
           *       "lastUsedAt": "2026-11-20T09:29:00.000Z",
           *       "token": "st_2Qd8fYw3nV7kLr5TzB9cXe1HsJ6pGm4AuKxN0o"
           *     }
           */
          'application/json': components['schemas']['CreatedToken'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getToken: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The service token */
        tokenId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tokenId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b15",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "prefix": "pk_4kVbQ2",
           *       "scopes": [
           *         "usage:read"
           *       ],
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "expiresAt": "2027-02-18T09:00:00.000Z",
           *       "revokedAt": null,
           *       "lastUsedAt": "2026-11-20T09:29:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Token'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  revokeToken: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The service token */
        tokenId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tokenId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b15",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "prefix": "pk_4kVbQ2",
           *       "scopes": [
           *         "usage:read"
           *       ],
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "expiresAt": "2027-02-18T09:00:00.000Z",
           *       "revokedAt": null,
           *       "lastUsedAt": "2026-11-20T09:29:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Token'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `already-revoked`: It is revoked already.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listTenantTokens: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "tokenId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b15",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "name": "Acme dApps",
           *           "prefix": "pk_4kVbQ2",
           *           "scopes": [
           *             "usage:read"
           *           ],
           *           "version": 1,
           *           "createdAt": "2026-11-20T09:00:00.000Z",
           *           "expiresAt": "2027-02-18T09:00:00.000Z",
           *           "revokedAt": null,
           *           "lastUsedAt": "2026-11-20T09:29:00.000Z"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['TokenPage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createTenantToken: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "billing job",
         *       "scopes": [
         *         "usage:read"
         *       ],
         *       "expiresInDays": 90
         *     }
         */
        'application/json': components['schemas']['CreateTenantToken'];
      };
    };
    responses: {
      /** @description Success */
      201: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tokenId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b15",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "prefix": "pk_4kVbQ2",
           *       "scopes": [
           *         "usage:read"
           *       ],
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "expiresAt": "2027-02-18T09:00:00.000Z",
           *       "revokedAt": null,
           *       "lastUsedAt": "2026-11-20T09:29:00.000Z",
           *       "token": "st_2Qd8fYw3nV7kLr5TzB9cXe1HsJ6pGm4AuKxN0o"
           *     }
           */
          'application/json': components['schemas']['CreatedToken'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantToken: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The service token */
        tokenId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tokenId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b15",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "prefix": "pk_4kVbQ2",
           *       "scopes": [
           *         "usage:read"
           *       ],
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "expiresAt": "2027-02-18T09:00:00.000Z",
           *       "revokedAt": null,
           *       "lastUsedAt": "2026-11-20T09:29:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Token'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  revokeTenantToken: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The service token */
        tokenId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tokenId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b15",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "prefix": "pk_4kVbQ2",
           *       "scopes": [
           *         "usage:read"
           *       ],
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "expiresAt": "2027-02-18T09:00:00.000Z",
           *       "revokedAt": null,
           *       "lastUsedAt": "2026-11-20T09:29:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Token'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `already-revoked`: It is revoked already.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listMembers: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "userId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b23",
           *           "role": "developer",
           *           "email": null,
           *           "name": null,
           *           "version": 1,
           *           "createdAt": "2026-11-20T09:00:00.000Z",
           *           "updatedAt": "2026-11-20T09:30:00.000Z"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['MemberPage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getMember: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The person */
        userId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "userId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b23",
           *       "role": "developer",
           *       "email": null,
           *       "name": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Member'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  updateMember: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The person */
        userId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "role": "developer"
         *     }
         */
        'application/json': components['schemas']['ChangeRole'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "userId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b23",
           *       "role": "developer",
           *       "email": null,
           *       "name": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Member'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `last-owner`: The tenant would be left without an owner.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  removeMember: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The person */
        userId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "userId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b23",
           *       "role": "developer",
           *       "email": null,
           *       "name": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Member'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `last-owner`: The tenant would be left without an owner.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  leaveTenant: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "userId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b23",
           *       "role": "developer",
           *       "email": null,
           *       "name": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Member'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `last-owner`: The tenant would be left without an owner.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listInvitations: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "invitationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b24",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "email": "ada@example.com",
           *           "role": "developer",
           *           "invitedBy": "operator",
           *           "version": 1,
           *           "createdAt": "2026-11-20T09:00:00.000Z",
           *           "expiresAt": "2027-02-18T09:00:00.000Z",
           *           "acceptedAt": null,
           *           "acceptedBy": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "revokedAt": null
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['InvitationPage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createInvitation: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "email": "ada@example.com",
         *       "role": "developer",
         *       "expiresInDays": 7
         *     }
         */
        'application/json': components['schemas']['CreateInvitation'];
      };
    };
    responses: {
      /** @description Success */
      201: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "invitationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b24",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "email": "ada@example.com",
           *       "role": "developer",
           *       "invitedBy": "operator",
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "expiresAt": "2027-02-18T09:00:00.000Z",
           *       "acceptedAt": null,
           *       "acceptedBy": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "revokedAt": null,
           *       "token": "st_2Qd8fYw3nV7kLr5TzB9cXe1HsJ6pGm4AuKxN0o",
           *       "link": "link"
           *     }
           */
          'application/json': components['schemas']['CreatedInvitation'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `already-member`: The person is a member of the tenant already.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  revokeInvitation: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The invitation */
        invitationId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "invitationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b24",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "email": "ada@example.com",
           *       "role": "developer",
           *       "invitedBy": "operator",
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "expiresAt": "2027-02-18T09:00:00.000Z",
           *       "acceptedAt": null,
           *       "acceptedBy": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "revokedAt": null
           *     }
           */
          'application/json': components['schemas']['Invitation'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `already-revoked`: It is revoked already.
       *
       *     `invitation-unusable`: The invitation is used, revoked or past its end.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  acceptInvitation: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "token": "iv_…"
         *     }
         */
        'application/json': components['schemas']['AcceptInvitation'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "invitationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b24",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "email": "ada@example.com",
           *       "role": "developer",
           *       "invitedBy": "operator",
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "expiresAt": "2027-02-18T09:00:00.000Z",
           *       "acceptedAt": null,
           *       "acceptedBy": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "revokedAt": null
           *     }
           */
          'application/json': components['schemas']['Invitation'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `already-member`: The person is a member of the tenant already.
       *
       *     `invitation-unusable`: The invitation is used, revoked or past its end.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  signIn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SignIn'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tokenType": "Bearer",
           *       "accessToken": "accessToken",
           *       "expiresInS": 1,
           *       "refreshToken": "refreshToken",
           *       "refreshExpiresAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['SessionTokens'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `invitation-unusable`: The invitation is used, revoked or past its end. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  signOut: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "sessionId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b25"
           *     }
           */
          'application/json': components['schemas']['EndedSession'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createSignInCode: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "code": "not-found",
           *       "expiresAt": "2027-02-18T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['SignInCode'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createUserSignInCode: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The person */
        userId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "code": "not-found",
           *       "expiresAt": "2027-02-18T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['SignInCode'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  rotateSigningKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "compromised": false
         *     }
         */
        'application/json': components['schemas']['RotateSigningKey'];
      };
    };
    responses: {
      /** @description Success */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "keyId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b14"
           *     }
           */
          'application/json': components['schemas']['SigningKey'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getOpenidConfiguration: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "issuer": "https://admin.example.com",
           *       "jwks_uri": "https://admin.example.com/.well-known/jwks.json",
           *       "token_endpoint": "https://admin.example.com/v1/auth/token",
           *       "response_types_supported": [],
           *       "subject_types_supported": [
           *         "public"
           *       ],
           *       "id_token_signing_alg_values_supported": [
           *         "EdDSA"
           *       ]
           *     }
           */
          'application/json': components['schemas']['OpenIdConfiguration'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getSigningKeys: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "keys": [
           *         {
           *           "kty": "OKP",
           *           "crv": "Ed25519",
           *           "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
           *           "kid": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b22",
           *           "use": "sig",
           *           "alg": "EdDSA"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['JsonWebKeySet'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "actor": "user:0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "kind": "operator",
           *       "user": {
           *         "userId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b23",
           *         "issuer": "built-in",
           *         "email": null,
           *         "emailVerified": false,
           *         "name": null
           *       },
           *       "operatorRole": "operator",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "permissions": [
           *         "tenants:read"
           *       ],
           *       "tenants": [
           *         {
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "name": "Acme dApps",
           *           "role": "developer",
           *           "permissions": [
           *             "tenants:read"
           *           ]
           *         }
           *       ],
           *       "expiresAt": "2027-02-18T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Me'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listTenantAuditEntries: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "entryId": "1042",
           *           "at": "2026-11-20T09:30:00.000Z",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "actor": "operator",
           *           "action": "tenant.suspend",
           *           "subjectType": "tenant",
           *           "subjectId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "requestId": null,
           *           "before": {
           *             "status": "active"
           *           },
           *           "after": {
           *             "status": "suspended"
           *           }
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['AuditPage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listAuditEntries: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
        /** @description The tenant */
        tenantId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "entryId": "1042",
           *           "at": "2026-11-20T09:30:00.000Z",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "actor": "operator",
           *           "action": "tenant.suspend",
           *           "subjectType": "tenant",
           *           "subjectId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "requestId": null,
           *           "before": {
           *             "status": "active"
           *           },
           *           "after": {
           *             "status": "suspended"
           *           }
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['AuditPage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getLiveness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "ok"
           *     }
           */
          'application/json': components['schemas']['Status'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getReadiness: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "status": "ok"
           *     }
           */
          'application/json': components['schemas']['Status'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unavailable`: A service behind this API is away, or as many long answers run as may run at once. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listProblems: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /** @example <!doctype html>… */
          'text/html': string;
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getProblem: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Stable code of the problem */
        code: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /** @example <!doctype html>… */
          'text/html': string;
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listPlans: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "planId": "00000000-0000-7000-8000-000000000001",
           *           "name": "Acme dApps",
           *           "limits": {
           *             "dailyRelaysMax": 1000000,
           *             "overage": {
           *               "mode": "stop"
           *             },
           *             "perSecondMax": {
           *               "tenant": null,
           *               "endpoint": null,
           *               "key": null
           *             },
           *             "batchCallsMax": null,
           *             "logBlocksMax": null,
           *             "methods": [
           *               "eth_*"
           *             ],
           *             "socketsMax": null
           *           },
           *           "prices": null,
           *           "retiredAt": "2026-11-20T09:30:00.000Z",
           *           "version": 1,
           *           "createdAt": "2026-11-20T09:00:00.000Z",
           *           "updatedAt": "2026-11-20T09:30:00.000Z"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['PlanPage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createPlan: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "growth",
         *       "limits": {
         *         "dailyRelaysMax": 1000000,
         *         "overage": {
         *           "mode": "stop"
         *         },
         *         "perSecondMax": {
         *           "tenant": null,
         *           "endpoint": null,
         *           "key": null
         *         },
         *         "batchCallsMax": null,
         *         "logBlocksMax": null,
         *         "methods": [
         *           "eth_*"
         *         ],
         *         "socketsMax": null
         *       },
         *       "prices": null
         *     }
         */
        'application/json': components['schemas']['CreatePlan'];
      };
    };
    responses: {
      /** @description Success */
      201: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "planId": "00000000-0000-7000-8000-000000000001",
           *       "name": "Acme dApps",
           *       "limits": {
           *         "dailyRelaysMax": 1000000,
           *         "overage": {
           *           "mode": "stop"
           *         },
           *         "perSecondMax": {
           *           "tenant": null,
           *           "endpoint": null,
           *           "key": null
           *         },
           *         "batchCallsMax": null,
           *         "logBlocksMax": null,
           *         "methods": [
           *           "eth_*"
           *         ],
           *         "socketsMax": null
           *       },
           *       "prices": null,
           *       "retiredAt": "2026-11-20T09:30:00.000Z",
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Plan'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getPlan: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The plan */
        planId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "planId": "00000000-0000-7000-8000-000000000001",
           *       "name": "Acme dApps",
           *       "limits": {
           *         "dailyRelaysMax": 1000000,
           *         "overage": {
           *           "mode": "stop"
           *         },
           *         "perSecondMax": {
           *           "tenant": null,
           *           "endpoint": null,
           *           "key": null
           *         },
           *         "batchCallsMax": null,
           *         "logBlocksMax": null,
           *         "methods": [
           *           "eth_*"
           *         ],
           *         "socketsMax": null
           *       },
           *       "prices": null,
           *       "retiredAt": "2026-11-20T09:30:00.000Z",
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Plan'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  updatePlan: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The plan */
        planId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "limits": {
         *         "dailyRelaysMax": 1000000,
         *         "overage": {
         *           "mode": "stop"
         *         },
         *         "perSecondMax": {
         *           "tenant": null,
         *           "endpoint": null,
         *           "key": null
         *         },
         *         "batchCallsMax": null,
         *         "logBlocksMax": null,
         *         "methods": [
         *           "eth_*"
         *         ],
         *         "socketsMax": null
         *       },
         *       "prices": null
         *     }
         */
        'application/json': components['schemas']['UpdatePlan'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "planId": "00000000-0000-7000-8000-000000000001",
           *       "name": "Acme dApps",
           *       "limits": {
           *         "dailyRelaysMax": 1000000,
           *         "overage": {
           *           "mode": "stop"
           *         },
           *         "perSecondMax": {
           *           "tenant": null,
           *           "endpoint": null,
           *           "key": null
           *         },
           *         "batchCallsMax": null,
           *         "logBlocksMax": null,
           *         "methods": [
           *           "eth_*"
           *         ],
           *         "socketsMax": null
           *       },
           *       "prices": null,
           *       "retiredAt": "2026-11-20T09:30:00.000Z",
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Plan'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listVersions: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The plan */
        planId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "version": 1,
           *           "fromDay": "2026-11-20",
           *           "limits": {
           *             "dailyRelaysMax": 1000000,
           *             "overage": {
           *               "mode": "stop"
           *             },
           *             "perSecondMax": {
           *               "tenant": null,
           *               "endpoint": null,
           *               "key": null
           *             },
           *             "batchCallsMax": null,
           *             "logBlocksMax": null,
           *             "methods": [
           *               "eth_*"
           *             ],
           *             "socketsMax": null
           *           },
           *           "prices": null,
           *           "createdAt": "2026-11-20T09:00:00.000Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['PlanVersions'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  retirePlan: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The plan */
        planId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "planId": "00000000-0000-7000-8000-000000000001",
           *       "name": "Acme dApps",
           *       "limits": {
           *         "dailyRelaysMax": 1000000,
           *         "overage": {
           *           "mode": "stop"
           *         },
           *         "perSecondMax": {
           *           "tenant": null,
           *           "endpoint": null,
           *           "key": null
           *         },
           *         "batchCallsMax": null,
           *         "logBlocksMax": null,
           *         "methods": [
           *           "eth_*"
           *         ],
           *         "socketsMax": null
           *       },
           *       "prices": null,
           *       "retiredAt": "2026-11-20T09:30:00.000Z",
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Plan'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantPlan: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "planId": "00000000-0000-7000-8000-000000000001",
           *       "name": "Acme dApps",
           *       "limits": {
           *         "dailyRelaysMax": 1000000,
           *         "overage": {
           *           "mode": "stop"
           *         },
           *         "perSecondMax": {
           *           "tenant": null,
           *           "endpoint": null,
           *           "key": null
           *         },
           *         "batchCallsMax": null,
           *         "logBlocksMax": null,
           *         "methods": [
           *           "eth_*"
           *         ],
           *         "socketsMax": null
           *       },
           *       "prices": null,
           *       "retiredAt": "2026-11-20T09:30:00.000Z",
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Plan'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  replaceTenantPlan: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "planId": "00000000-0000-7000-8000-000000000001"
         *     }
         */
        'application/json': components['schemas']['AssignPlan'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "status": "active",
           *       "suspendedReason": null,
           *       "planId": "00000000-0000-7000-8000-000000000001",
           *       "contactEmail": null,
           *       "notes": null,
           *       "notice": null,
           *       "deletionReason": null,
           *       "deletesAt": "2026-11-20T09:30:00.000Z",
           *       "erasedAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Tenant'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantInvoiceDraft: {
    parameters: {
      query?: {
        /** @description A whole month; from and to are not looked at then */
        month?: string;
        /** @description Instead of a month: first UTC day, included */
        from?: string;
        /** @description Last UTC day, included; at most 366 days */
        to?: string;
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "from": "2026-11-20",
           *       "to": "2026-11-20",
           *       "state": "provisional",
           *       "asOf": "2026-11-20T09:30:00.000Z",
           *       "relays": "0",
           *       "lines": [
           *         {
           *           "kind": "included",
           *           "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *           "chain": "eth-mainnet",
           *           "planId": "00000000-0000-7000-8000-000000000001",
           *           "planVersion": 3,
           *           "tier": 1,
           *           "corrects": null,
           *           "recordedOn": null,
           *           "relays": "0",
           *           "price": "0.045",
           *           "perRelays": 1000,
           *           "currency": null,
           *           "exactAmount": "exactAmount",
           *           "amountMinor": "0",
           *           "amount": "12.34"
           *         }
           *       ],
           *       "totals": [
           *         {
           *           "currency": "USD",
           *           "minorUnitExponent": 2,
           *           "amountMinor": "0",
           *           "amount": "12.34"
           *         }
           *       ],
           *       "rounding": "rounding"
           *     }
           */
          'application/json': components['schemas']['InvoiceDraft'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listGateways: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "instanceId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "version": "0.1.0",
           *           "asOf": "2026-11-20T09:30:00.000Z",
           *           "startedAt": "2026-11-20T09:30:00.000Z",
           *           "ready": false,
           *           "height": 12,
           *           "callsInFlight": 12,
           *           "eventLoopLatenessMs": 12,
           *           "subscriptions": 12,
           *           "journalBacklogChunks": 12,
           *           "journalAccepting": false,
           *           "followsTenancy": false,
           *           "followsOperations": false,
           *           "tracesDropped": 12,
           *           "settings": {
           *             "batch.callsMax": 100
           *           },
           *           "chains": [
           *             {
           *               "chain": "eth-mainnet",
           *               "height": 21000000,
           *               "callsLastMinute": 12,
           *               "failedLastMinute": 12
           *             }
           *           ],
           *           "nodesLeftOut": 12,
           *           "sessionsLeftOut": 12
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['LiveGatewayList'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `queue-unavailable`: Redis does not answer, so queues and live views cannot be read. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listNodes: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
        /** @description Chain in any accepted name */
        chain?: string;
        /** @description Operator, exactly */
        operator?: string;
        /** @description usable, resting, circuit-open, quarantined, cordoned, draining, spent … */
        state?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "chain": "eth-mainnet",
           *           "node": "7dffe00000000000000000000000000000000000000000000000000000000c0a",
           *           "url": "https://n1.nodes.example",
           *           "operator": "nodes.example",
           *           "height": 21000000,
           *           "lag": 0,
           *           "success": 0.998,
           *           "latencyMs": 41.5,
           *           "latencyP50Ms": 38,
           *           "latencyP95Ms": 120,
           *           "weight": 0.7,
           *           "state": "usable",
           *           "reason": null,
           *           "relaysSent": 12,
           *           "relaysLeft": 12,
           *           "asOf": "2026-11-20T09:30:00.000Z",
           *           "gateways": [
           *             {
           *               "chain": "eth-mainnet",
           *               "node": "7dffe00000000000000000000000000000000000000000000000000000000c0a",
           *               "url": "https://n1.nodes.example",
           *               "operator": "nodes.example",
           *               "height": 21000000,
           *               "lag": 0,
           *               "success": 0.998,
           *               "latencyMs": 41.5,
           *               "latencyP50Ms": 38,
           *               "latencyP95Ms": 120,
           *               "weight": 0.7,
           *               "state": "usable",
           *               "reason": null,
           *               "relaysSent": 12,
           *               "relaysLeft": 12,
           *               "sessions": 12,
           *               "instanceId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *               "asOf": "2026-11-20T09:30:00.000Z"
           *             }
           *           ]
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['LiveNodePage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `queue-unavailable`: Redis does not answer, so queues and live views cannot be read. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getNode: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Public key, hex */
        publicKey: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "node": "7dffe00000000000000000000000000000000000000000000000000000000c0a",
           *       "chains": [
           *         {
           *           "chain": "eth-mainnet",
           *           "node": "7dffe00000000000000000000000000000000000000000000000000000000c0a",
           *           "url": "https://n1.nodes.example",
           *           "operator": "nodes.example",
           *           "height": 21000000,
           *           "lag": 0,
           *           "success": 0.998,
           *           "latencyMs": 41.5,
           *           "latencyP50Ms": 38,
           *           "latencyP95Ms": 120,
           *           "weight": 0.7,
           *           "state": "usable",
           *           "reason": null,
           *           "relaysSent": 12,
           *           "relaysLeft": 12,
           *           "asOf": "2026-11-20T09:30:00.000Z",
           *           "gateways": [
           *             {
           *               "chain": "eth-mainnet",
           *               "node": "7dffe00000000000000000000000000000000000000000000000000000000c0a",
           *               "url": "https://n1.nodes.example",
           *               "operator": "nodes.example",
           *               "height": 21000000,
           *               "lag": 0,
           *               "success": 0.998,
           *               "latencyMs": 41.5,
           *               "latencyP50Ms": 38,
           *               "latencyP95Ms": 120,
           *               "weight": 0.7,
           *               "state": "usable",
           *               "reason": null,
           *               "relaysSent": 12,
           *               "relaysLeft": 12,
           *               "sessions": 12,
           *               "instanceId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *               "asOf": "2026-11-20T09:30:00.000Z"
           *             }
           *           ]
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['LiveNodeDetail'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `queue-unavailable`: Redis does not answer, so queues and live views cannot be read. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listSessions: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
        /** @description Chain in any accepted name */
        chain?: string;
        /** @description The application */
        applicationId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "chain": "eth-mainnet",
           *           "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *           "startHeight": 12,
           *           "endHeight": 12,
           *           "nodes": 12,
           *           "relaysSent": 12,
           *           "relaysLeft": 12,
           *           "instanceId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "asOf": "2026-11-20T09:30:00.000Z"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['LiveSessionPage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `queue-unavailable`: Redis does not answer, so queues and live views cannot be read. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listQueues: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "name": "chunks",
           *           "asOf": "2026-11-20T09:30:00.000Z",
           *           "counts": {
           *             "waiting": 3,
           *             "failed": 0
           *           },
           *           "oldestWaitingMs": 420,
           *           "completedPerMinute": 120,
           *           "failedPerMinute": 0
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['LiveQueueList'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `queue-unavailable`: Redis does not answer, so queues and live views cannot be read. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getQueueFailed: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The queue */
        queue: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "jobId": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *           "name": "store-chunk",
           *           "attempts": 12,
           *           "failedReason": "connection terminated",
           *           "createdAt": "2026-11-20T09:00:00.000Z",
           *           "failedAt": "2026-11-20T09:30:00.000Z",
           *           "payload": {
           *             "version": 1,
           *             "bytesBase64Bytes": 5000
           *           }
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['FailedJobPage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `queue-unavailable`: Redis does not answer, so queues and live views cannot be read. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  retryQueue: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The queue */
        queue: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "retried": 12
           *     }
           */
          'application/json': components['schemas']['RetriedJobs'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `queue-unavailable`: Redis does not answer, so queues and live views cannot be read. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  retryJob: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The queue */
        queue: string;
        /** @description The job */
        jobId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "jobId": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *       "name": "store-chunk",
           *       "attempts": 12,
           *       "failedReason": "connection terminated",
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "failedAt": "2026-11-20T09:30:00.000Z",
           *       "payload": {
           *         "version": 1,
           *         "bytesBase64Bytes": 5000
           *       }
           *     }
           */
          'application/json': components['schemas']['FailedJob'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `job-not-failed`: Only a failed job can be retried or removed, and this one is in another state.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `queue-unavailable`: Redis does not answer, so queues and live views cannot be read. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  removeJob: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The queue */
        queue: string;
        /** @description The job */
        jobId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "removalId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b18",
           *       "queue": "chunks",
           *       "jobId": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *       "name": "store-chunk",
           *       "attempts": 12,
           *       "failedReason": "connection terminated",
           *       "removedBy": "operator",
           *       "removedAt": "2026-11-20T09:30:00.000Z",
           *       "restoredAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['RemovedJob'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `job-not-failed`: Only a failed job can be retried or removed, and this one is in another state.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `queue-unavailable`: Redis does not answer, so queues and live views cannot be read. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  restoreRemovedJob: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description What was taken out of a queue by hand */
        removalId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "removalId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b18",
           *       "queue": "chunks",
           *       "jobId": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
           *       "name": "store-chunk",
           *       "attempts": 12,
           *       "failedReason": "connection terminated",
           *       "removedBy": "operator",
           *       "removedAt": "2026-11-20T09:30:00.000Z",
           *       "restoredAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['RemovedJob'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `queue-unavailable`: Redis does not answer, so queues and live views cannot be read. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listSettings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "name": "batch.callsMax",
           *           "description": "description",
           *           "effect": "effect",
           *           "unit": null,
           *           "schema": {
           *             "type": "integer",
           *             "minimum": 1,
           *             "maximum": 1000
           *           },
           *           "fallback": 100,
           *           "environment": null,
           *           "value": 50,
           *           "version": 1,
           *           "updatedAt": "2026-11-20T09:30:00.000Z",
           *           "updatedBy": null
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['RuntimeSettingList'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getSetting: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description A name for people */
        name:
          | 'relays.extraShare'
          | 'probes.share'
          | 'calls.inFlightMax'
          | 'calls.inFlightShared'
          | 'calls.deadlineMs'
          | 'batch.callsMax'
          | 'websocket.connectionsMax'
          | 'log.level'
          | 'log.callsShare'
          | 'traces.servedShare'
          | 'traces.perSecondMax'
          | 'traces.retentionHours'
          | 'traces.rowsMax'
          | 'status.degradedShare'
          | 'status.callsMin'
          | 'notices.header';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "name": "batch.callsMax",
           *       "description": "description",
           *       "effect": "effect",
           *       "unit": null,
           *       "schema": {
           *         "type": "integer",
           *         "minimum": 1,
           *         "maximum": 1000
           *       },
           *       "fallback": 100,
           *       "environment": null,
           *       "value": 50,
           *       "version": 1,
           *       "updatedAt": "2026-11-20T09:30:00.000Z",
           *       "updatedBy": null
           *     }
           */
          'application/json': components['schemas']['RuntimeSetting'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  updateSetting: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description A name for people */
        name:
          | 'relays.extraShare'
          | 'probes.share'
          | 'calls.inFlightMax'
          | 'calls.inFlightShared'
          | 'calls.deadlineMs'
          | 'batch.callsMax'
          | 'websocket.connectionsMax'
          | 'log.level'
          | 'log.callsShare'
          | 'traces.servedShare'
          | 'traces.perSecondMax'
          | 'traces.retentionHours'
          | 'traces.rowsMax'
          | 'status.degradedShare'
          | 'status.callsMin'
          | 'notices.header';
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "value": 0.1
         *     }
         */
        'application/json': components['schemas']['ChangeRuntimeSetting'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "name": "batch.callsMax",
           *       "description": "description",
           *       "effect": "effect",
           *       "unit": null,
           *       "schema": {
           *         "type": "integer",
           *         "minimum": 1,
           *         "maximum": 1000
           *       },
           *       "fallback": 100,
           *       "environment": null,
           *       "value": 50,
           *       "version": 1,
           *       "updatedAt": "2026-11-20T09:30:00.000Z",
           *       "updatedBy": null
           *     }
           */
          'application/json': components['schemas']['RuntimeSetting'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listClosures: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "closureId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b16",
           *           "kind": "node",
           *           "target": "target",
           *           "chain": null,
           *           "mode": "cordon",
           *           "reason": "answers with a stale head since 02:40",
           *           "createdBy": "operator",
           *           "createdAt": "2026-11-20T09:00:00.000Z",
           *           "expiresAt": "2027-02-18T09:00:00.000Z"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['ClosurePage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createClosure: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "kind": "node",
         *       "target": "7dffe00000000000000000000000000000000000000000000000000000000c0a",
         *       "chain": "eth-mainnet",
         *       "mode": "cordon",
         *       "reason": "answers with a stale head since 02:40",
         *       "expiresAt": "2027-02-18T09:00:00.000Z"
         *     }
         */
        'application/json': components['schemas']['CreateClosure'];
      };
    };
    responses: {
      /** @description Success */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "closureId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b16",
           *       "kind": "node",
           *       "target": "target",
           *       "chain": null,
           *       "mode": "cordon",
           *       "reason": "answers with a stale head since 02:40",
           *       "createdBy": "operator",
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "expiresAt": "2027-02-18T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Closure'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  openClosure: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The closure of a node or an operator */
        closureId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "closureId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b16",
           *       "kind": "node",
           *       "target": "target",
           *       "chain": null,
           *       "mode": "cordon",
           *       "reason": "answers with a stale head since 02:40",
           *       "createdBy": "operator",
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "expiresAt": "2027-02-18T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Closure'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  cordonNode: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description Public key, hex */
        publicKey: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "chain": "eth-mainnet",
         *       "reason": "answers with a stale head since 02:40",
         *       "expiresAt": "2027-02-18T09:00:00.000Z"
         *     }
         */
        'application/json': components['schemas']['CloseNode'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "closureId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b16",
           *       "kind": "node",
           *       "target": "target",
           *       "chain": null,
           *       "mode": "cordon",
           *       "reason": "answers with a stale head since 02:40",
           *       "createdBy": "operator",
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "expiresAt": "2027-02-18T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Closure'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  drainNode: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description Public key, hex */
        publicKey: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "chain": "eth-mainnet",
         *       "reason": "answers with a stale head since 02:40",
         *       "expiresAt": "2027-02-18T09:00:00.000Z"
         *     }
         */
        'application/json': components['schemas']['CloseNode'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "closureId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b16",
           *       "kind": "node",
           *       "target": "target",
           *       "chain": null,
           *       "mode": "cordon",
           *       "reason": "answers with a stale head since 02:40",
           *       "createdBy": "operator",
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "expiresAt": "2027-02-18T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Closure'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  uncordonNode: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description Public key, hex */
        publicKey: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "chain": "eth-mainnet"
         *     }
         */
        'application/json': components['schemas']['OpenNode'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "closureId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b16",
           *       "kind": "node",
           *       "target": "target",
           *       "chain": null,
           *       "mode": "cordon",
           *       "reason": "answers with a stale head since 02:40",
           *       "createdBy": "operator",
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "expiresAt": "2027-02-18T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Closure'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listNotices: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "noticeId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b17",
           *           "chain": null,
           *           "severity": "info",
           *           "message": "Gnosis nodes are being upgraded; expect slower answers.",
           *           "startsAt": "2026-11-20T09:30:00.000Z",
           *           "endsAt": "2027-02-18T11:00:00.000Z",
           *           "createdBy": "operator",
           *           "createdAt": "2026-11-20T09:00:00.000Z",
           *           "updatedAt": "2026-11-20T09:30:00.000Z"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['NoticePage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createNotice: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "chain": "eth-mainnet",
         *       "severity": "maintenance",
         *       "message": "Gnosis nodes are being upgraded; expect slower answers.",
         *       "startsAt": "2026-11-20T09:30:00.000Z",
         *       "endsAt": "2027-02-18T11:00:00.000Z"
         *     }
         */
        'application/json': components['schemas']['CreateNotice'];
      };
    };
    responses: {
      /** @description Success */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "noticeId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b17",
           *       "chain": null,
           *       "severity": "info",
           *       "message": "Gnosis nodes are being upgraded; expect slower answers.",
           *       "startsAt": "2026-11-20T09:30:00.000Z",
           *       "endsAt": "2027-02-18T11:00:00.000Z",
           *       "createdBy": "operator",
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Notice'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  updateNotice: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The notice */
        noticeId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "severity": "info",
         *       "message": "Gnosis nodes are being upgraded; expect slower answers.",
         *       "startsAt": "2026-11-20T09:30:00.000Z",
         *       "endsAt": "2027-02-18T11:00:00.000Z"
         *     }
         */
        'application/json': components['schemas']['ChangeNotice'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "noticeId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b17",
           *       "chain": null,
           *       "severity": "info",
           *       "message": "Gnosis nodes are being upgraded; expect slower answers.",
           *       "startsAt": "2026-11-20T09:30:00.000Z",
           *       "endsAt": "2027-02-18T11:00:00.000Z",
           *       "createdBy": "operator",
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Notice'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  endNotice: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The notice */
        noticeId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "noticeId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b17",
           *       "chain": null,
           *       "severity": "info",
           *       "message": "Gnosis nodes are being upgraded; expect slower answers.",
           *       "startsAt": "2026-11-20T09:30:00.000Z",
           *       "endsAt": "2027-02-18T11:00:00.000Z",
           *       "createdBy": "operator",
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['Notice'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listTenantRequests: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
        /** @description The endpoint */
        endpointId?: string;
        /** @description Slug of the chain */
        chain?: string;
        /** @description JSON-RPC method, exactly */
        method?: string;
        /** @description served, local, or the reason of the refusal */
        outcome?: string;
        /** @description Not before */
        from?: string;
        /** @description Before */
        to?: string;
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "traceId": "81234",
           *           "requestId": "3f0c8a52b1d94e0f8f7a2f1f64f0a7c1",
           *           "at": "2026-11-20T09:30:00.000Z",
           *           "gateway": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *           "keyId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b14",
           *           "keyPrefix": "pk_4kVbQ2",
           *           "chain": "eth-mainnet",
           *           "method": "eth_call",
           *           "outcome": "served",
           *           "cause": "refused",
           *           "durationMs": 41.2,
           *           "decision": {
           *             "reason": "policy",
           *             "rule": "origins",
           *             "seen": {
           *               "seen": "https://other.example"
           *             },
           *             "message": null
           *           },
           *           "applications": [
           *             {
           *               "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *               "admission": "admitted",
           *               "used": 120,
           *               "limit": 1000000
           *             }
           *           ],
           *           "candidates": [
           *             {
           *               "node": "7dffe00000000000000000000000000000000000000000000000000000000c0a",
           *               "operator": "nodes.example",
           *               "verdict": "usable",
           *               "reason": null,
           *               "weight": 0.92,
           *               "share": 0.25,
           *               "left": 1500
           *             }
           *           ],
           *           "attempts": [
           *             {
           *               "node": "7dffe00000000000000000000000000000000000000000000000000000000c0a",
           *               "operator": "nodes.example",
           *               "sessionHeight": 41,
           *               "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *               "outcome": "ok",
           *               "detail": null,
           *               "durationMs": 38.5,
           *               "bytesIn": 78,
           *               "bytesOut": 112,
           *               "hedge": false
           *             }
           *           ],
           *           "degraded": false,
           *           "relays": 1,
           *           "billedUnits": 1
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['RequestTracePage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getTenantRequest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The request, as `X-Request-Id` named it */
        requestId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "requestId": "3f0c8a52b1d94e0f8f7a2f1f64f0a7c1",
           *       "calls": [
           *         {
           *           "traceId": "81234",
           *           "requestId": "3f0c8a52b1d94e0f8f7a2f1f64f0a7c1",
           *           "at": "2026-11-20T09:30:00.000Z",
           *           "gateway": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *           "keyId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b14",
           *           "keyPrefix": "pk_4kVbQ2",
           *           "chain": "eth-mainnet",
           *           "method": "eth_call",
           *           "outcome": "served",
           *           "cause": "refused",
           *           "durationMs": 41.2,
           *           "decision": {
           *             "reason": "policy",
           *             "rule": "origins",
           *             "seen": {
           *               "seen": "https://other.example"
           *             },
           *             "message": null
           *           },
           *           "applications": [
           *             {
           *               "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *               "admission": "admitted",
           *               "used": 120,
           *               "limit": 1000000
           *             }
           *           ],
           *           "candidates": [
           *             {
           *               "node": "7dffe00000000000000000000000000000000000000000000000000000000c0a",
           *               "operator": "nodes.example",
           *               "verdict": "usable",
           *               "reason": null,
           *               "weight": 0.92,
           *               "share": 0.25,
           *               "left": 1500
           *             }
           *           ],
           *           "attempts": [
           *             {
           *               "node": "7dffe00000000000000000000000000000000000000000000000000000000c0a",
           *               "operator": "nodes.example",
           *               "sessionHeight": 41,
           *               "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *               "outcome": "ok",
           *               "detail": null,
           *               "durationMs": 38.5,
           *               "bytesIn": 78,
           *               "bytesOut": 112,
           *               "hedge": false
           *             }
           *           ],
           *           "degraded": false,
           *           "relays": 1,
           *           "billedUnits": 1
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['RequestExplanation'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getEndpointExplain: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The endpoint */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "allowed": false
           *     }
           */
          'application/json': components['schemas']['Explain'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  replaceEndpointExplain: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The endpoint */
        endpointId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "allowed": true
         *     }
         */
        'application/json': components['schemas']['SetExplain'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "allowed": false
           *     }
           */
          'application/json': components['schemas']['Explain'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listRequests: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
        /** @description The endpoint */
        endpointId?: string;
        /** @description Slug of the chain */
        chain?: string;
        /** @description JSON-RPC method, exactly */
        method?: string;
        /** @description served, local, or the reason of the refusal */
        outcome?: string;
        /** @description Not before */
        from?: string;
        /** @description Before */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "traceId": "81234",
           *           "requestId": "3f0c8a52b1d94e0f8f7a2f1f64f0a7c1",
           *           "at": "2026-11-20T09:30:00.000Z",
           *           "gateway": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *           "keyId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b14",
           *           "keyPrefix": "pk_4kVbQ2",
           *           "chain": "eth-mainnet",
           *           "method": "eth_call",
           *           "outcome": "served",
           *           "cause": "refused",
           *           "durationMs": 41.2,
           *           "decision": {
           *             "reason": "policy",
           *             "rule": "origins",
           *             "seen": {
           *               "seen": "https://other.example"
           *             },
           *             "message": null
           *           },
           *           "applications": [
           *             {
           *               "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *               "admission": "admitted",
           *               "used": 120,
           *               "limit": 1000000
           *             }
           *           ],
           *           "candidates": [
           *             {
           *               "node": "7dffe00000000000000000000000000000000000000000000000000000000c0a",
           *               "operator": "nodes.example",
           *               "verdict": "usable",
           *               "reason": null,
           *               "weight": 0.92,
           *               "share": 0.25,
           *               "left": 1500
           *             }
           *           ],
           *           "attempts": [
           *             {
           *               "node": "7dffe00000000000000000000000000000000000000000000000000000000c0a",
           *               "operator": "nodes.example",
           *               "sessionHeight": 41,
           *               "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *               "outcome": "ok",
           *               "detail": null,
           *               "durationMs": 38.5,
           *               "bytesIn": 78,
           *               "bytesOut": 112,
           *               "hedge": false
           *             }
           *           ],
           *           "degraded": false,
           *           "relays": 1,
           *           "billedUnits": 1
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['RequestTracePage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getRequest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The request, as `X-Request-Id` named it */
        requestId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "requestId": "3f0c8a52b1d94e0f8f7a2f1f64f0a7c1",
           *       "calls": [
           *         {
           *           "traceId": "81234",
           *           "requestId": "3f0c8a52b1d94e0f8f7a2f1f64f0a7c1",
           *           "at": "2026-11-20T09:30:00.000Z",
           *           "gateway": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "endpointId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b13",
           *           "keyId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b14",
           *           "keyPrefix": "pk_4kVbQ2",
           *           "chain": "eth-mainnet",
           *           "method": "eth_call",
           *           "outcome": "served",
           *           "cause": "refused",
           *           "durationMs": 41.2,
           *           "decision": {
           *             "reason": "policy",
           *             "rule": "origins",
           *             "seen": {
           *               "seen": "https://other.example"
           *             },
           *             "message": null
           *           },
           *           "applications": [
           *             {
           *               "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *               "admission": "admitted",
           *               "used": 120,
           *               "limit": 1000000
           *             }
           *           ],
           *           "candidates": [
           *             {
           *               "node": "7dffe00000000000000000000000000000000000000000000000000000000c0a",
           *               "operator": "nodes.example",
           *               "verdict": "usable",
           *               "reason": null,
           *               "weight": 0.92,
           *               "share": 0.25,
           *               "left": 1500
           *             }
           *           ],
           *           "attempts": [
           *             {
           *               "node": "7dffe00000000000000000000000000000000000000000000000000000000c0a",
           *               "operator": "nodes.example",
           *               "sessionHeight": 41,
           *               "applicationId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b12",
           *               "outcome": "ok",
           *               "detail": null,
           *               "durationMs": 38.5,
           *               "bytesIn": 78,
           *               "bytesOut": 112,
           *               "hedge": false
           *             }
           *           ],
           *           "degraded": false,
           *           "relays": 1,
           *           "billedUnits": 1
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['RequestExplanation'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listAlertRules: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "ruleId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b19",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "name": "Acme dApps",
           *           "subject": "application",
           *           "subjectId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "thresholds": [
           *             50,
           *             80,
           *             100
           *           ],
           *           "channelIds": null,
           *           "enabled": false,
           *           "version": 1,
           *           "createdAt": "2026-11-20T09:00:00.000Z",
           *           "updatedAt": "2026-11-20T09:30:00.000Z"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['AlertRulePage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createAlertRule: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Production",
         *       "subject": "application",
         *       "subjectId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
         *       "thresholds": [
         *         50,
         *         80,
         *         100
         *       ],
         *       "channelIds": null,
         *       "enabled": true
         *     }
         */
        'application/json': components['schemas']['CreateAlertRule'];
      };
    };
    responses: {
      /** @description Success */
      201: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "ruleId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b19",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "subject": "application",
           *       "subjectId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "thresholds": [
           *         50,
           *         80,
           *         100
           *       ],
           *       "channelIds": null,
           *       "enabled": false,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['AlertRule'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getAlertRule: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The alert rule */
        ruleId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "ruleId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b19",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "subject": "application",
           *       "subjectId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "thresholds": [
           *         50,
           *         80,
           *         100
           *       ],
           *       "channelIds": null,
           *       "enabled": false,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['AlertRule'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteAlertRule: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The alert rule */
        ruleId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "ruleId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b19",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "subject": "application",
           *       "subjectId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "thresholds": [
           *         50,
           *         80,
           *         100
           *       ],
           *       "channelIds": null,
           *       "enabled": false,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['AlertRule'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  updateAlertRule: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The alert rule */
        ruleId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "thresholds": [
         *         60,
         *         90,
         *         100
         *       ]
         *     }
         */
        'application/json': components['schemas']['UpdateAlertRule'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "ruleId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b19",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "name": "Acme dApps",
           *       "subject": "application",
           *       "subjectId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "thresholds": [
           *         50,
           *         80,
           *         100
           *       ],
           *       "channelIds": null,
           *       "enabled": false,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['AlertRule'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listAlertChannels: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "channelId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b20",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "kind": "webhook",
           *           "name": "Acme dApps",
           *           "target": "https://hooks.acme.example/pokt",
           *           "status": "active",
           *           "disabledReason": null,
           *           "failingSinceAt": null,
           *           "secretVersion": 1,
           *           "previousSecretEndsAt": null,
           *           "version": 1,
           *           "createdAt": "2026-11-20T09:00:00.000Z",
           *           "updatedAt": "2026-11-20T09:30:00.000Z"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['AlertChannelPage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  createAlertChannel: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateAlertChannel'];
      };
    };
    responses: {
      /** @description Success */
      201: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "channelId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b20",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "kind": "webhook",
           *       "name": "Acme dApps",
           *       "target": "https://hooks.acme.example/pokt",
           *       "status": "active",
           *       "disabledReason": null,
           *       "failingSinceAt": null,
           *       "secretVersion": 1,
           *       "previousSecretEndsAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z",
           *       "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
           *     }
           */
          'application/json': components['schemas']['AlertChannelWithSecret'];
        };
      };
      /**
       * @description `webhook-url-refused`: A webhook may not have this URL: alerts go to https addresses of the public internet alone; `detail` says what is wrong.
       *
       *     `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds.
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `channel-limit`: The tenant has as many alert channels, or the address as many confirmation mails, as are allowed.
       *
       *     `channel-state`: The alert channel is not in a state, or not of a kind, in which this can be done; `detail` says why.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `alerts-off`: The operator has not set ALERTS_KEK, so that alert channels cannot be made. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getAlertChannel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The alert channel */
        channelId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "channelId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b20",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "kind": "webhook",
           *       "name": "Acme dApps",
           *       "target": "https://hooks.acme.example/pokt",
           *       "status": "active",
           *       "disabledReason": null,
           *       "failingSinceAt": null,
           *       "secretVersion": 1,
           *       "previousSecretEndsAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['AlertChannel'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  deleteAlertChannel: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The alert channel */
        channelId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "channelId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b20",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "kind": "webhook",
           *       "name": "Acme dApps",
           *       "target": "https://hooks.acme.example/pokt",
           *       "status": "active",
           *       "disabledReason": null,
           *       "failingSinceAt": null,
           *       "secretVersion": 1,
           *       "previousSecretEndsAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['AlertChannel'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  updateAlertChannel: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The alert channel */
        channelId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Ops, on call"
         *     }
         */
        'application/json': components['schemas']['UpdateAlertChannel'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "channelId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b20",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "kind": "webhook",
           *       "name": "Acme dApps",
           *       "target": "https://hooks.acme.example/pokt",
           *       "status": "active",
           *       "disabledReason": null,
           *       "failingSinceAt": null,
           *       "secretVersion": 1,
           *       "previousSecretEndsAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['AlertChannel'];
        };
      };
      /**
       * @description `webhook-url-refused`: A webhook may not have this URL: alerts go to https addresses of the public internet alone; `detail` says what is wrong.
       *
       *     `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds.
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `channel-state`: The alert channel is not in a state, or not of a kind, in which this can be done; `detail` says why.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  pauseAlertChannel: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The alert channel */
        channelId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "channelId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b20",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "kind": "webhook",
           *       "name": "Acme dApps",
           *       "target": "https://hooks.acme.example/pokt",
           *       "status": "active",
           *       "disabledReason": null,
           *       "failingSinceAt": null,
           *       "secretVersion": 1,
           *       "previousSecretEndsAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['AlertChannel'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `channel-state`: The alert channel is not in a state, or not of a kind, in which this can be done; `detail` says why.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  enableAlertChannel: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The alert channel */
        channelId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "channelId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b20",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "kind": "webhook",
           *       "name": "Acme dApps",
           *       "target": "https://hooks.acme.example/pokt",
           *       "status": "active",
           *       "disabledReason": null,
           *       "failingSinceAt": null,
           *       "secretVersion": 1,
           *       "previousSecretEndsAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['AlertChannel'];
        };
      };
      /**
       * @description `webhook-url-refused`: A webhook may not have this URL: alerts go to https addresses of the public internet alone; `detail` says what is wrong.
       *
       *     `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds.
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `channel-state`: The alert channel is not in a state, or not of a kind, in which this can be done; `detail` says why.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  rotateAlertChannelSecret: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The alert channel */
        channelId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
         *       "overlap": "24h"
         *     }
         */
        'application/json': components['schemas']['RotateAlertChannelSecret'];
      };
    };
    responses: {
      /** @description Success */
      201: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "channelId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b20",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "kind": "webhook",
           *       "name": "Acme dApps",
           *       "target": "https://hooks.acme.example/pokt",
           *       "status": "active",
           *       "disabledReason": null,
           *       "failingSinceAt": null,
           *       "secretVersion": 1,
           *       "previousSecretEndsAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z",
           *       "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"
           *     }
           */
          'application/json': components['schemas']['AlertChannelWithSecret'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `channel-state`: The alert channel is not in a state, or not of a kind, in which this can be done; `detail` says why.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `alerts-off`: The operator has not set ALERTS_KEK, so that alert channels cannot be made. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  confirmAlertChannel: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The alert channel */
        channelId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "code": "k5m2q7xw3bnr6tdy4hcz"
         *     }
         */
        'application/json': components['schemas']['ConfirmAlertChannel'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "channelId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b20",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "kind": "webhook",
           *       "name": "Acme dApps",
           *       "target": "https://hooks.acme.example/pokt",
           *       "status": "active",
           *       "disabledReason": null,
           *       "failingSinceAt": null,
           *       "secretVersion": 1,
           *       "previousSecretEndsAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['AlertChannel'];
        };
      };
      /**
       * @description `confirmation-wrong`: This is not the code of the last confirmation mail to that address.
       *
       *     `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds.
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `channel-state`: The alert channel is not in a state, or not of a kind, in which this can be done; `detail` says why.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `alerts-off`: The operator has not set ALERTS_KEK, so that alert channels cannot be made. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  sendAlertChannelConfirmation: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The alert channel */
        channelId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          /** @description Strong entity tag: `version` in quotes. Send it as If-Match with a change that rests on what was read. */
          ETag?: string;
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "channelId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b20",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "kind": "webhook",
           *       "name": "Acme dApps",
           *       "target": "https://hooks.acme.example/pokt",
           *       "status": "active",
           *       "disabledReason": null,
           *       "failingSinceAt": null,
           *       "secretVersion": 1,
           *       "previousSecretEndsAt": null,
           *       "version": 1,
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "updatedAt": "2026-11-20T09:30:00.000Z"
           *     }
           */
          'application/json': components['schemas']['AlertChannel'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `channel-limit`: The tenant has as many alert channels, or the address as many confirmation mails, as are allowed.
       *
       *     `channel-state`: The alert channel is not in a state, or not of a kind, in which this can be done; `detail` says why.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  testAlertChannel: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The alert channel */
        channelId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "deliveryId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b21",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "channelId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b20",
           *       "alertId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b22",
           *       "type": "quota.threshold-crossed",
           *       "status": "delivered",
           *       "attempts": 1,
           *       "nextAttemptAt": null,
           *       "lastError": null,
           *       "deliveredAt": "2026-11-20T09:30:00.000Z",
           *       "createdAt": "2026-11-20T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['AlertDelivery'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `channel-state`: The alert channel is not in a state, or not of a kind, in which this can be done; `detail` says why.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  resendFailedAlertDeliveries: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The alert channel */
        channelId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        /**
         * @example {
         *       "since": "2026-11-20T00:00:00.000Z"
         *     }
         */
        'application/json': components['schemas']['ResendFailedAlertDeliveries'];
      };
    };
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "resent": 1
           *     }
           */
          'application/json': components['schemas']['ResentAlertDeliveries'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `channel-state`: The alert channel is not in a state, or not of a kind, in which this can be done; `detail` says why.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listAlerts: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "alertId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b22",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "subject": "application",
           *           "subjectId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "day": "2026-11-20",
           *           "threshold": 80,
           *           "usedRelays": "800000",
           *           "limitRelays": "800000",
           *           "crossedAt": "2026-11-20T09:30:00.000Z"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['AlertPage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  listAlertDeliveries: {
    parameters: {
      query?: {
        /** @description `next` of the page before */
        cursor?: string;
        /** @description Most entries of a page */
        limit?: number;
        /** @description Of this channel */
        channelId?: string;
        /** @description Of this alert */
        alertId?: string;
        /** @description failed: the schedule is at its end, the receiver refused, or the channel was disabled */
        status?: 'pending' | 'delivered' | 'failed';
      };
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "deliveryId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b21",
           *           "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *           "channelId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b20",
           *           "alertId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b22",
           *           "type": "quota.threshold-crossed",
           *           "status": "delivered",
           *           "attempts": 1,
           *           "nextAttemptAt": null,
           *           "lastError": null,
           *           "deliveredAt": "2026-11-20T09:30:00.000Z",
           *           "createdAt": "2026-11-20T09:00:00.000Z"
           *         }
           *       ],
           *       "next": null
           *     }
           */
          'application/json': components['schemas']['AlertDeliveryPage'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  getAlertDelivery: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The alert delivery */
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "deliveryId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b21",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "channelId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b20",
           *       "alertId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b22",
           *       "type": "quota.threshold-crossed",
           *       "status": "delivered",
           *       "attempts": 1,
           *       "nextAttemptAt": null,
           *       "lastError": null,
           *       "deliveredAt": "2026-11-20T09:30:00.000Z",
           *       "createdAt": "2026-11-20T09:00:00.000Z",
           *       "body": "{\"type\":\"alert.test\",\"timestamp\":\"2026-11-20T09:30:00.000Z\",\"data\":{}}",
           *       "log": [
           *         {
           *           "startedAt": "2026-11-20T09:30:00.000Z",
           *           "durationMs": 84,
           *           "outcome": "delivered",
           *           "status": 204,
           *           "error": null,
           *           "answer": "ok"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['AlertDeliveryDetails'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
  resendAlertDelivery: {
    parameters: {
      query?: never;
      header?: {
        /** @description Repeating a request with the same key within 24 hours gives the same answer and changes nothing again. */
        'Idempotency-Key'?: string;
        /** @description The ETag that was read, or several: the change happens only while the thing is still at one of them, else 412. * asks for no version. A request repeated with its Idempotency-Key gets its answer whatever happened since. */
        'If-Match'?: string;
      };
      path: {
        /** @description The tenant */
        tenantId: string;
        /** @description The alert delivery */
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Success */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          /**
           * @example {
           *       "deliveryId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b21",
           *       "tenantId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b11",
           *       "channelId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b20",
           *       "alertId": "0199f0a4-5c1e-7d3a-9a52-6f0d2c9f1b22",
           *       "type": "quota.threshold-crossed",
           *       "status": "delivered",
           *       "attempts": 1,
           *       "nextAttemptAt": null,
           *       "lastError": null,
           *       "deliveredAt": "2026-11-20T09:30:00.000Z",
           *       "createdAt": "2026-11-20T09:00:00.000Z"
           *     }
           */
          'application/json': components['schemas']['AlertDelivery'];
        };
      };
      /** @description `invalid`: The request does not fit the documented shape: a field is missing, unknown or out of bounds. */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `unauthenticated`: The request carries no credential, or one that is unknown, expired or revoked. */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `forbidden`: The credential is valid and may not do this. */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `not-found`: There is nothing at this address, or it belongs to another tenant: both answer alike. */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /**
       * @description `channel-state`: The alert channel is not in a state, or not of a kind, in which this can be done; `detail` says why.
       *
       *     `idempotency-key-reused`: The Idempotency-Key was used for another request within the last 24 hours.
       */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `version-changed`: It was changed since it was read, or If-Match names no version of it. `etag` is the present one. */
      412: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `too-large`: The body is larger than 256 KiB. */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `media-type`: The body is of a media type that this API does not read. */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
      /** @description `internal`: A fault of this API; its cause is in the operator’s log under the request id. */
      500: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['Problem'];
        };
      };
    };
  };
}
