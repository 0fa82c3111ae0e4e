"""The program's pages as HTML: every value escaped, no script, no style of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from ansinh_token.certificates import Found, whose
from ansinh_token.orders import Order
from ansinh_token.pairing import Offer, Pairing
from ansinh_token.refusals import Refused
from ansinh_token.words import say

_KINDS: Final = {"pdf": "PDF", "xml": "XML"}


@dataclass(frozen=True)
class Frame:
    """What every page needs: the language, the secret beginning of the program's addresses, the page's own address."""

    language: str
    base: str
    here: str

    def say(self, key: str, **facts: str | int) -> str:
        """Words, escaped."""
        return escape(say(self.language, key, **facts))

    def link(self, address: str) -> str:
        """An address of the program in the reader's language."""
        return escape(address + ("?lang=en" if self.language == "en" else ""))


@dataclass(frozen=True)
class Overview:
    """What the first page shows."""

    portals: Sequence[str]
    offers: Sequence[Offer]
    orders: Sequence[Order]
    pairings: Sequence[tuple[Pairing, int]]
    certificates: Sequence[Found] | Refused
    form_key: str


def page(frame: Frame, *, title: str, body: str) -> bytes:
    """The whole document; `title` and `body` are escaped already."""
    other = frame.here + ("" if frame.language == "en" else "?lang=en")
    return f"""<!doctype html>
<html lang="{frame.language}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{title} – {frame.say("program")}</title><link rel="stylesheet" href="{frame.base}page.css"></head>
<body><header class="top"><div class="wrap"><a class="skip" href="#main">{frame.say("skip")}</a>
<a class="mark" href="{frame.link(frame.base)}"><b>An Sinh</b> <span>{frame.say("program")}</span></a>
<a href="{escape(other)}" lang="{"vi" if frame.language == "en" else "en"}">{frame.say("other-language")}</a>
</div></header>
<main class="wrap" id="main"><h1>{title}</h1>
{body}</main></body></html>""".encode()


def home(frame: Frame, shown: Overview) -> bytes:
    """The first page: what asks, what is paired, what is plugged in."""
    parts = [f"<p>{frame.say('home-lead')}</p>", *(_offer(frame, one) for one in shown.offers)]
    if shown.orders:
        links = (f'<li><a href="{frame.link(f"{frame.base}sign/{one.id}")}">{escape(one.title)}</a>'
                 f"<small>{escape(one.origin)}</small></li>" for one in shown.orders)  # fmt: skip
        parts.append(f'<div class="msg wait"><h2>{frame.say("orders")}</h2>{_rows(links)}</div>')
    parts += [
        f"<h2>{frame.say('pairings')}</h2>",
        _rows(_pairing(frame, one, hours, shown.form_key) for one, hours in shown.pairings)
        if shown.pairings
        else f"<p>{frame.say('no-pairing')}</p>",
        f"<h2>{frame.say('certificates')}</h2>",
        _certificates(frame, shown.certificates),
        f"<h2>{frame.say('allowed')}</h2>",
        _rows(f"<li>{escape(one)}</li>" for one in shown.portals),
        f'<p><a class="btn" href="{frame.link(frame.base)}">{frame.say("reload")}</a></p>',
    ]
    return page(frame, title=frame.say("home-title"), body="\n".join(parts))


def to_sign(frame: Frame, order: Order, *, minutes: int, problem: Refused | None) -> bytes:
    """What will be signed, and the place for the PIN."""
    wrong = _problem(frame, problem) if problem else ""
    see = frame.say("see", kind=_KINDS[order.paper.kind], size=size(len(order.paper.shown), frame.language))
    described = ' aria-describedby="problem pin-hint"' if problem else ' aria-describedby="pin-hint"'
    body = f"""{wrong}<p>{frame.say("sign-lead")}</p>
{_facts(frame, order)}
<p><a class="btn" href="{frame.here}/document" target="_blank" rel="noopener">{see} – {frame.say("new-tab")}</a></p>
<form method="post" action="{frame.link(frame.here)}" autocomplete="off">
<input type="hidden" name="form_key" value="{order.form_key}">
<label for="pin">{frame.say("pin")}</label><p class="hint" id="pin-hint">{frame.say("pin-hint")}</p>
<input type="password" id="pin" name="pin" autocomplete="off" maxlength="64"{described}>
<div class="acts"><button class="btn go" name="do" value="sign">{frame.say("sign")}</button>
<button class="btn" name="do" value="cancel">{frame.say("cancel")}</button></div></form>
<p class="hint">{frame.say("minutes", minutes=minutes)}</p>
"""
    return page(frame, title=frame.say("sign-title"), body=body)


def ended(frame: Frame, order: Order) -> bytes:
    """A request that does not wait any more."""
    if order.state == "signing":
        return page(frame, title=frame.say("signing"), body=f"<p>{frame.say('signing-lead')}</p>")
    if order.state == "signed":
        lead = frame.say("signed-lead", origin=order.origin)
        body = f'<div class="msg ok" role="status"><p>{lead}</p></div>{_facts(frame, order)}{_to_home(frame)}'
        return page(frame, title=frame.say("signed"), body=body)
    return refused(frame, order.refusal or Refused("request-unknown"))


def refused(frame: Frame, why: Refused) -> bytes:
    """A refusal as a page."""
    body = f'<div class="msg bad" role="status"><p>{escape(why.sentence(frame.language))}</p></div>{_to_home(frame)}'
    return page(frame, title=frame.say("refused"), body=body)


def size(count: int, language: str) -> str:
    """Bytes as people say them."""
    if count < 1024**2:
        return f"{max(1, round(count / 1024))} KB"
    text = f"{count / 1024**2:.1f} MB"
    return text if language == "en" else text.replace(".", ",")


def _facts(frame: Frame, order: Order) -> str:
    certificate = order.certificate.parsed
    term = f"{certificate.not_valid_before:%d/%m/%Y} – {certificate.not_valid_after:%d/%m/%Y}"
    digest = order.paper.digest.hex()
    rows = (
        ("document", "main", escape(order.title)),
        ("number", "main", escape(order.dossier_number)),
        ("asked-by", "", escape(order.origin)),
        ("signer", "", escape(whose(certificate.subject))),
        ("issuer", "", escape(whose(certificate.issuer))),
        ("term", "", term),
        ("digest", "", f"<code>{' '.join(digest[i : i + 8] for i in range(0, len(digest), 8))}</code>"),
    )
    lines = (f'<div><dt>{frame.say(key)}</dt><dd class="{mark}">{value}</dd></div>' for key, mark, value in rows)
    return f"<dl>{''.join(lines)}</dl>"


def _problem(frame: Frame, why: Refused) -> str:
    sentence = escape(why.sentence(frame.language))
    return f'<div class="msg bad" role="alert" id="problem"><h2>{frame.say("problem")}</h2><p>{sentence}</p></div>'


def _offer(frame: Frame, offer: Offer) -> str:
    number = f"{offer.number[:3]} {offer.number[3:]}"
    return f"""<div class="msg wait" role="status"><h2>{frame.say("offers")}</h2><p class="number">{number}</p>
<p>{frame.say("offer-for", origin=offer.origin)}</p></div>"""


def _pairing(frame: Frame, pairing: Pairing, hours: int, form_key: str) -> str:
    return f"""<li>{escape(pairing.origin)}<small>{frame.say("pairing-left", hours=hours)}</small>
<form method="post" action="{frame.link(f"{frame.base}revoke")}"><input type="hidden" name="form_key" value="{
        form_key
    }">
<button class="btn" name="pairing" value="{pairing.id}" aria-label="{frame.say("revoke-of", origin=pairing.origin)}">{
        frame.say("revoke")
    }</button></form></li>"""


def _certificates(frame: Frame, found: Sequence[Found] | Refused) -> str:
    if isinstance(found, Refused):
        return f"<p>{escape(found.sentence(frame.language))}</p>"
    return _rows(
        f"<li>{escape(whose(one.parsed.subject))}<small>{escape(whose(one.parsed.issuer))} · "
        f"{one.parsed.not_valid_before:%d/%m/%Y} – {one.parsed.not_valid_after:%d/%m/%Y}</small></li>"
        for one in found
    )


def _rows(items: Iterable[str]) -> str:
    return f'<ul class="rows">{"".join(items)}</ul>'


def _to_home(frame: Frame) -> str:
    return f'<p>{frame.say("close")}</p><p><a href="{frame.link(frame.base)}">{frame.say("home")}</a></p>'
