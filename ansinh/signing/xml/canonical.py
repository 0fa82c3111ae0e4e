"""The canonical octets of an element: what is digested and signed."""

from lxml import etree

from ansinh.platform.xml import parse


def canonical(element: etree._Element, *, exclusive: bool = False) -> bytes:
    """Canonical XML 1.0 without comments of the element with the namespaces it stands in, never what follows it.

    A part of a tree is read anew first: lxml's canonical form of a part forgets the namespaces of its children.
    """
    if element.getparent() is not None:
        element = parse(etree.tostring(element, with_tail=False))
    return etree.tostring(element, method="c14n", exclusive=exclusive, with_comments=False, with_tail=False)


def take_out(element: etree._Element) -> None:
    """Remove an element from its parent; the text behind it stays where it was."""
    parent = element.getparent()
    if parent is None:
        raise ValueError("the root cannot be taken out")
    before = element.getprevious()
    if element.tail:
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)
