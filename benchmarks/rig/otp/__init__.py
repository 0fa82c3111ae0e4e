"""What `./bench otp` does to a running installation, as a stranger with a browser does."""
