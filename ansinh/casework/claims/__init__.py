"""Claims of money that are cancelled by themselves, without a new result: by two officers, on a coded ground."""
