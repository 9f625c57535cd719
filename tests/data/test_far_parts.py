"""A document that loads something from another machine as soon as it is opened is not handed to the office."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from data.far_parts import FetchesByItself, is_far
from data.file_kinds import kind_of

OF_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def linked(kind: str, target: str, mode: str = "External") -> str:
    return f'<Relationship Id="r1" Type="{OF_OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'


def word(*links: str, part: str = "word/_rels/settings.xml.rels", encoding: str = "utf-8") -> bytes:
    """A Word document whose settings are linked so."""
    held, body = BytesIO(), "".join(links)
    rels = (
        f'<?xml version="1.0" encoding="{encoding}"?><Relationships xmlns="{PACKAGE}">{body}</Relationships>'
    )
    with ZipFile(held, "w", ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", "word/document.xml"):
            archive.writestr(name, "x")
        archive.writestr(part, rels.encode(encoding))
    return held.getvalue()


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "http://ke-xau.example/mau.dotm"),
        ("attachedTemplate", "&#104;ttps://ke-xau.example/mau.dotm"),
        ("attachedTemplate", r"\\ke-xau.example\chung\mau.dotm"),
        ("attachedTemplate", r"file:///\\ke-xau.example\chung\mau.dotm"),
        ("oleObject", "mhtml:http://ke-xau.example/x.html!x-usc:http://ke-xau.example/x.html"),
        ("frame", "http://ke-xau.example/"),
    ],
)
def test_what_is_loaded_from_another_machine_is_refused_with_what_to_do(kind: str, target: str) -> None:
    with pytest.raises(FetchesByItself, match="Xin lưu thành PDF"):
        kind_of("bao-cao.docx", word(linked(kind, target)))


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8"])
@pytest.mark.parametrize("part", ["word/_rels/settings.xml.rels", "word/_rels/La.RELS"])
def test_it_is_found_wherever_and_however_it_is_written(part: str, encoding: str) -> None:
    away = linked("attachedTemplate", "http://ke-xau.example/mau.dotm")
    with pytest.raises(FetchesByItself):
        kind_of("bao-cao.docx", word(away, part=part, encoding=encoding))


@pytest.mark.parametrize(
    "link",
    [
        linked("hyperlink", "https://sotttt.example.vn/tin-1"),
        linked("image", "https://sotttt.example.vn/anh.png"),
        linked("attachedTemplate", "file:///C:\\Users\\Lan\\Templates\\Cong-van.dotx"),
        linked("attachedTemplate", "Normal.dotm"),
        linked("oleObject", "embeddings/oleObject1.bin", mode="Internal"),
    ],
)
def test_what_documents_of_offices_have_is_taken(link: str) -> None:
    assert kind_of("bao-cao.docx", word(link)).endings == ("docx",)


@pytest.mark.parametrize("links", ["<Relationship", "<Relationship Id='&loi;'/>"])
def test_links_that_cannot_be_read_are_not_trusted(links: str) -> None:
    with pytest.raises(FetchesByItself):
        kind_of("bao-cao.docx", word(links))


@pytest.mark.parametrize(
    ("target", "leads_away"),
    [("file://may-chu/mau.dotm", True), ("D:/mau.dotm", False), ("/word/mau.xml", False), ("", False)],
)
def test_it_is_known_which_address_leads_away(target: str, leads_away: bool) -> None:
    assert is_far(target) is leads_away
