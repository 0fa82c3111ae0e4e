"""Back into an account without the old telephone or mailbox: at any office, by two officers, by the person's own hand.

No officer sees or sets a password: the person chooses one with a secret of the slip that works once, for minutes.
"""
