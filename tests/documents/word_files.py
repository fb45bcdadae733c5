"""Word files as the tests need them: small, whole, and as hostile as told."""

import io
import zipfile

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{KIND}"/></Types>'
)
PACKAGE = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
ROOT = (
    f'{PACKAGE}<Relationship Id="rId1" Type="{RELATIONS}/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
LINKS = (
    f'{PACKAGE}<Relationship Id="rId1" Type="{RELATIONS}/numbering" Target="numbering.xml"/>'
    f'<Relationship Id="rId2" Type="{RELATIONS}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId9" Type="{RELATIONS}/hyperlink" Target="https://contoh.go.id/a"'
    ' TargetMode="External"/>'
    f'<Relationship Id="rId8" Type="{RELATIONS}/image" Target="file:///etc/passwd"'
    ' TargetMode="External"/></Relationships>'
)
LEVELS = "".join(
    f'<w:abstractNum w:abstractNumId="{n}">'
    + "".join(f'<w:lvl w:ilvl="{at}"><w:numFmt w:val="{kind}"/></w:lvl>' for at in range(2))
    + "</w:abstractNum>"
    for n, kind in ((1, "bullet"), (2, "decimal"))
)
NUMBERING = (
    f'<w:numbering {W}>{LEVELS}<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
)
STYLES = f"<w:styles {W}>" + "".join(
    f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{name}"/></w:style>'
    for one, name in (("Judul", "Title"), ("Judul1", "heading 1"), ("Judul2", "heading 2"))
)
STYLES += "</w:styles>"


def run(text: str, marks: str = "") -> str:
    """Write words; `b` and `i` make them bold and slanted."""
    inner = "".join(f"<w:{mark}/>" for mark in marks)
    return f'<w:r><w:rPr>{inner}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", item: tuple[int, int] | None = None) -> str:
    """Write a paragraph of a style, or an item: which list (1 dots, 2 numbers) and how deep."""
    about = f'<w:pStyle w:val="{style}"/>' if style else ""
    if item is not None:
        about += f'<w:numPr><w:ilvl w:val="{item[1]}"/><w:numId w:val="{item[0]}"/></w:numPr>'
    words = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{about}</w:pPr>{words}</w:p>"


def link(words: str) -> str:
    """Write a link to the one address there is."""
    return f'<w:hyperlink r:id="rId9">{run(words)}</w:hyperlink>'


def table(*rows: tuple[str, ...]) -> str:
    """Write a table."""
    lines = (
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{''.join(lines)}</w:tbl>"


def document(*blocks: str) -> str:
    """Write the main part."""
    return f"<w:document {W} {R}><w:body>{''.join(blocks)}</w:body></w:document>"


def word(*blocks: str, main: str | None = None, **more: bytes | str) -> bytes:
    """Pack a Word file; other parts may be added or replaced by their names."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": ROOT,
        "word/document.xml": document(*blocks) if main is None else main,
        "word/_rels/document.xml.rels": LINKS,
        "word/numbering.xml": NUMBERING,
        "word/styles.xml": STYLES,
        **more,
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()
