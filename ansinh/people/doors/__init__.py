"""The ways into an account: sessions, passkeys, authenticator apps, and what each kind of account must show."""
