import { readFileSync } from 'node:fs';
import { JsonRpcProvider, formatEther } from 'ethers';
const url = process.env.ENDPOINT_URL ?? JSON.parse(readFileSync('.data/dev.json', 'utf8')).endpointUrl;
const provider = new JsonRpcProvider(url);
console.log('chain', (await provider.getNetwork()).chainId, 'block', await provider.getBlockNumber());
console.log('balance', formatEther(await provider.getBalance('0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266')), 'ETH');
