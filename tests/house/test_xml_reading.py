"""XML is read in one place: everywhere else a tree comes from there, or is built."""

import ast

from tests.house.source import modules, short, tree

READER = "ansinh/platform/xml.py"
READS = {
    "parse", "fromstring", "fromstringlist", "XML", "XMLID", "HTML", "iterparse", "parseid", "XMLParser", "HTMLParser",
    "XMLPullParser", "HTMLPullParser", "ETCompatXMLParser", "XSLT", "XInclude", "DTD", "XMLSchema", "RelaxNG",
    "Schematron", "xinclude",
}  # fmt: skip
WITHOUT_LXML = {"token/ansinh_token/xml_paper.py": "reads 8 KB at most, refuses any declaration; lxml is no part of it"}
OTHER_READERS = (
    "xml.", "xmltodict", "defusedxml", "signxml", "lxml.html", "lxml.objectify", "lxml.sax", "bs4", "html5lib",
)  # fmt: skip


def test_lxml_reads_nowhere_else() -> None:
    offenders = [
        f"{short(path)}:{node.lineno} etree.{node.attr}"
        for path in modules("ansinh", "config", "token")
        if short(path) != READER
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in READS
        and isinstance(node.value, ast.Name)
        and node.value.id == "etree"
    ]
    assert offenders == []


def test_no_other_reader_of_xml_is_imported() -> None:
    offenders = []
    for path in modules("ansinh", "config", "token"):
        if short(path) in WITHOUT_LXML:
            continue
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Import):
                names = [one.name for one in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [f"{node.module}.{one.name}" for one in node.names]
            else:
                continue
            wrong = [name for name in names if f"{name}.".startswith(OTHER_READERS)]
            wrong += [name for name in names if name.startswith("lxml.etree.")]
            wrong += [one.name for one in node.names if one.name in {"lxml", "lxml.etree"} or one.asname == "etree"]
            wrong += [f"etree as {one.asname}" for one in node.names if one.name == "etree" and one.asname]
            offenders += [f"{short(path)} imports {name}" for name in wrong]
    assert offenders == []


def test_the_reader_is_where_this_test_thinks() -> None:
    assert [short(path) for path in modules("ansinh") if short(path) == READER] == [READER]
