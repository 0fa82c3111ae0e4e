"""What anybody may have of the log."""

from ansinh.proof.models import Checkpoint


def latest_checkpoint() -> str | None:
    """The newest signed note; None for an empty log."""
    newest = Checkpoint.objects.order_by("-size").first()
    return newest.note if newest else None
