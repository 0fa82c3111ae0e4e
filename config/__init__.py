"""Settings, addresses and the web server's entry."""
