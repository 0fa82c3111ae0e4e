"""Who may ask what: host, origin and rate are judged here, before either side of the program sees a question."""

from dataclasses import dataclass
from typing import Final

from ansinh_token.asking import Answer, Ask, no
from ansinh_token.limits import Limit
from ansinh_token.own_side import OwnSide, refused_page
from ansinh_token.portal_side import PortalSide
from ansinh_token.refusals import Refused

LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")
_PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Allow-Headers": "content-type, authorization",
    "Access-Control-Max-Age": "600",
}


@dataclass(frozen=True)
class Service:
    """The program as seen from a socket listening at `port`. `portals` are the allowed origins."""

    portals: frozenset[str]
    port: int
    portal_side: PortalSide
    own_side: OwnSide
    limit: Limit

    def answer(self, ask: Ask) -> Answer:
        """The answer to any question, also to one that should not have been asked."""
        host = ask.headers.get("host", "")
        try:
            if host not in {f"{name}:{self.port}" for name in LOOPBACK}:
                raise Refused("wrong-host")
            if ask.path.startswith("/v1/"):
                return self._to_portal(ask)
        except Refused as refused:
            return no(refused)
        try:
            self._check_own(ask, f"http://{host}")
            return self.own_side.answer(ask)
        except Refused as refused:
            return refused_page(refused, ask)

    def _to_portal(self, ask: Ask) -> Answer:
        """Only an allowed origin is answered so that its page can read it."""
        if ask.origin not in self.portals:
            raise Refused("wrong-origin")
        readable = {"Access-Control-Allow-Origin": ask.origin, "Vary": "Origin",
                    "Cross-Origin-Resource-Policy": "cross-origin"}  # fmt: skip
        if ask.method == "OPTIONS":
            return Answer(204, headers=readable | _PREFLIGHT | _private_network(ask))
        try:
            if not self.limit.allows(ask.origin):
                raise Refused("too-many")
            return self.portal_side.answer(ask).with_headers(readable)
        except Refused as refused:
            return no(refused).with_headers(readable)

    def _check_own(self, ask: Ask, own: str) -> None:
        """Nothing of another site opens, frames, embeds or sends to the program's pages."""
        if ask.method not in {"GET", "POST"}:
            raise Refused("wrong-method")
        if ask.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
            raise Refused("wrong-origin")
        if ask.origin != own and (ask.origin or ask.method == "POST"):
            raise Refused("wrong-origin")
        if not self.limit.allows(""):
            raise Refused("too-many")


def _private_network(ask: Ask) -> dict[str, str]:
    """Browsers that guard the way from the web to this computer ask for this by name (Private Network Access)."""
    wanted = ask.headers.get("access-control-request-private-network") == "true"
    return {"Access-Control-Allow-Private-Network": "true"} if wanted else {}
