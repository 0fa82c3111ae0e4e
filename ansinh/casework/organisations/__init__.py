"""What organisations ask of the agency about themselves: to be registered, to use an I-VAN provider.

Approved by a delegate, or by a dated rule when the organisation's own certificate signed and nothing speaks against it.
"""
