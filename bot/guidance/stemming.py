"""Work out beforehand the stems of all words in the articles, for a quick start.

Run `python -m bot.guidance.stemming FOLDER` after writing articles.
"""

import sys
from importlib.resources import files
from pathlib import Path

from bot.guidance.words import STEMS, tokens, work_out


def words_of(folder: Path) -> list[str]:
    """List every distinct word of the articles that has letters."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md")))
    return sorted({word for text in texts for word in tokens(text) if not word.isdigit()})


def stems_file(folder: Path) -> str:
    """Write the data file: a word a line, followed by its stem where that differs."""
    pairs = ((word, work_out(word)) for word in words_of(folder))
    body = "\n".join(word if word == root else f"{word} {root}" for word, root in pairs)
    return f"# Written by python -m bot.guidance.stemming; do not edit.\n{body}\n"


if __name__ == "__main__":
    target = Path(str(files(__package__).joinpath("data", STEMS)))
    target.write_text(stems_file(Path(sys.argv[1])), encoding="utf-8")
    sys.stdout.write(f"{target}\n")
