import { Controller, Get, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '#libs/auth';
import { CHAINS } from '#libs/chains';
import { sessionStartHeight } from '#libs/protocol';
import { Answers } from '../http/answers.js';
import { NetworkView } from '../network/network-view.js';
import { chainListSchema, networkSchema } from '../schemas/network.js';
import { INSTALLATION, type Installation } from '../tokens.js';

/** The network behind the gateways, and the chains it relays to. */
@ApiTags('Network')
@Controller('v1')
export class NetworkController {
  constructor(
    private readonly network: NetworkView,
    @Inject(INSTALLATION) private readonly installation: Installation,
  ) {}

  @Get('network')
  @Access({ permission: 'network:read', of: 'anyone' })
  @Answers({ summary: 'Height, session and parameters now', schema: networkSchema, problems: [503] })
  async now() {
    const { height, parameters } = await this.network.now();
    const startHeight = sessionStartHeight(Math.max(1, height), parameters.blocksPerSession);
    return {
      ...this.installation,
      height,
      session: {
        startHeight,
        nextStartHeight: startHeight + parameters.blocksPerSession,
        blocksPerSession: parameters.blocksPerSession,
      },
      parameters: {
        sessionNodeCount: parameters.sessionNodeCount,
        baseRelaysPerPokt: String(parameters.baseRelaysPerPOKT),
        relaysToTokensMultiplierUpokt: String(parameters.relaysToTokensMultiplier),
        applicationStakeMinimumUpokt: String(parameters.applicationStakeMinimum),
        applicationChainsMax: parameters.applicationMaximumChains,
      },
    };
  }

  @Get('chains')
  @Access('public')
  @Answers({ summary: 'The chain catalogue', schema: chainListSchema, isPublic: true })
  chains() {
    return { items: CHAINS.map((chain) => ({ ...chain, aliases: [...chain.aliases] })) };
  }
}
