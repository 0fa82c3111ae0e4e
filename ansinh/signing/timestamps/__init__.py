"""Time-stamps of a configured authority (RFC 3161)."""

from ansinh.signing.timestamps.stamper import Stamper, TimestampsDown, stamper

__all__ = ["Stamper", "TimestampsDown", "stamper"]
