/** OAuth 2 as a client: tokens for the credentials of a workspace. */
export { authorizationUrl, exchangeCode, newVerifier } from './authorization.ts';
export { freshToken, type KeptToken, type TokenKeeper } from './fresh-token.ts';
export { OAuthError, type OAuthErrorCode, type TokenSet } from './token-request.ts';
