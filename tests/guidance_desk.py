"""Two widyaiswara and a reader, and what they do at the desk."""

import datetime as dt

from bot.post.postman import Postman
from db.people import by_telegram
from tests.chat import Agora, Chat
from tests.factories import a_team
from tests.team_rows import change

RATNA, YUDI, SARI = 101, 102, 103

ARTICLE = """---
id: zumba-pagi
title: "Zumba pagi"
title_en: "Morning zumba"
summary: "Cara mendata zumba pagi."
summary_en: "How to list morning zumba."
theme: inovasi
tags: [zumba]
sources: [{name: "Perpres 72/2021"}]
reviewed: 2026-11-24
review_due: 2027-11-24
---
Zumba pagi didata oleh **kelurahan**.

## Langkah

- Datangi zumba.
- Catat hasilnya.
"""


async def a_desk(agora: Agora) -> None:
    """Make two widyaiswara (accounts 101 and 102) and a reader (103)."""
    # Before the hour at which the silent are reminded.
    agora.now = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
    await a_team(agora.database)
    for account, name in ((RATNA, "Bu Ratna"), (YUDI, "Pak Yudi")):
        await becomes(agora, account, roles=["pegawai", "widyaiswara"], address=name)


async def becomes(agora: Agora, account: int, **values) -> None:
    """Change what the roster says of somebody."""
    async with agora.database.reading() as session:
        person = await by_telegram(session, account)
    await change(agora.database, person.id, **values)


async def carried(agora: Agora) -> None:
    """Let the post carry what is due."""
    postman = Postman(agora.application.bot, agora.database, agora.clock)
    await postman.plan()
    while await postman.carry():
        pass


async def sent_in(chat: Chat, text: str = ARTICLE, name: str = "zumba-pagi.md") -> str:
    """Send an article as a file; give what it is answered with."""
    await chat.document(text.encode(), name)
    await chat.agora.downloads._workbook()  # noqa: SLF001  # What the service's own loop calls.
    await chat.agora.settle()
    return chat.last.text


async def published(agora: Agora, text: str = ARTICLE) -> None:
    """Let one widyaiswara write an article and the other publish it."""
    ratna, yudi = agora.chat(RATNA), agora.chat(YUDI)
    await sent_in(ratna, text)
    await ratna.tap("Kirim untuk ditinjau")
    await yudi.say("/tinjau")
    await yudi.tap("Zumba pagi")
    await yudi.tap("Rinci")
    await yudi.tap("Terbitkan")


async def word_sent(chat: Chat, content: bytes, name: str = "zumba.docx") -> str:
    """Send a Word file; give what it is answered with."""
    await chat.document(content, name)
    await chat.agora.downloads._workbook()  # noqa: SLF001  # What the service's own loop calls.
    await chat.agora.settle()
    return chat.last.text
