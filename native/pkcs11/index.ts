export { listTokens, type ModuleFailure, type TokenInfo, type TokenList } from './tokens.ts';
