"""One-time codes: issue, send again, check, and the truth about their delivery.

A code is bound to its purpose, its session and, for a transaction, to the digest of what is confirmed (R-049, R-108).
"""

from ansinh.people.one_time_codes.check import Evidence, check
from ansinh.people.one_time_codes.delivery import delivery_line, record_delivered, record_failed, record_handed_over
from ansinh.people.one_time_codes.events import CodeIssued, CodeWithheld
from ansinh.people.one_time_codes.fall_back import use_other_channel
from ansinh.people.one_time_codes.issue import issue, issue_decoy
from ansinh.people.one_time_codes.refusal import CodeRefused
from ansinh.people.one_time_codes.resend import resend
from ansinh.people.one_time_codes.use import count_wrong_try, use

__all__ = [
    "CodeIssued", "CodeRefused", "CodeWithheld", "Evidence", "check", "count_wrong_try", "delivery_line", "issue",
    "issue_decoy", "record_delivered", "record_failed", "record_handed_over", "resend", "use", "use_other_channel",
]  # fmt: skip
