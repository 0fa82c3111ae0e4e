"""Django's settings, one small file a topic. Values of an installation come from environment variables (see docs)."""

from config.settings.applicants import *  # noqa: F403
from config.settings.applications import *  # noqa: F403
from config.settings.database import *  # noqa: F403
from config.settings.identity import *  # noqa: F403
from config.settings.localisation import *  # noqa: F403
from config.settings.places import *  # noqa: F403
from config.settings.proof import *  # noqa: F403
from config.settings.security import *  # noqa: F403
from config.settings.signing import *  # noqa: F403
from config.settings.templates import *  # noqa: F403
from config.settings.wiring import *  # noqa: F403
