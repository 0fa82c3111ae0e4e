"""Money in and out: a ledger that balances, payment orders, codes to pay with, what the banks report."""
