import functools
import json
import threading
from pathlib import Path
from typing import Any

import typst

from bot.documents.fonts import FOLDER

TEMPLATES = Path(__file__).parent / "templates"
# At 72 dots an inch a point of the template is a pixel of the picture.
PIXEL_PER_POINT = 72

_desk = threading.local()


def picture(template: str, data: Any) -> bytes:
    """Draw a template's only page as PNG, one pixel for each of its points."""
    return _compiled(template, data, format="png", ppi=PIXEL_PER_POINT)


def paper(template: str, data: Any) -> bytes:
    """Print a template as PDF/A-2b, the form that archives keep."""
    return _compiled(template, data, format="pdf", pdf_standards="a-2b")


def _compiled(template: str, data: Any, **options: Any) -> bytes:
    """Compile a template; everything foreign reaches it as data, so none of it can be markup."""
    made = _compiler(template).compile(
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, **options
    )
    if not isinstance(made, bytes):
        raise TypeError(f"{template} was to be one document and came out as {type(made).__name__}.")
    return made


def _compiler(template: str) -> typst.Compiler:
    """Give this thread's own compiler of a template; a compiler serves one thread at a time."""
    compilers: dict[str, typst.Compiler] = _desk.__dict__.setdefault("compilers", {})
    if template not in compilers:
        compilers[template] = typst.Compiler(
            TEMPLATES / template, root=TEMPLATES, font_paths=_fonts()
        )
    return compilers[template]


@functools.cache
def _fonts() -> typst.Fonts:
    """Read the fonts once for all threads, none of the machine's own among them."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[FOLDER]
    )
