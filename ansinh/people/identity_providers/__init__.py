"""Sign-in by somebody else's word: OpenID Connect with the authorization code, PKCE and a nonce (R-050, R-051)."""
