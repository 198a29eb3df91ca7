export { listTokens, type TokenList } from './tokens.ts';
