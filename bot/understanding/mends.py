"""Whether words put right what was just logged, and what they put in its place."""

import re
from dataclasses import dataclass

# What puts one thing right is short; what is longer tells of something.
LONGEST = 60
_CALM = re.compile(
    r"^(?:(?:eh|ups|oh|maaf|aduh|waduh|sori|sorry|oops|tolong|mohon|min|kak|pak|bu)\b[ ,.!]*)+"
)
_WRONG = (
    r"(?:salah|keliru|ralat|koreksi|revisi|wrong|correction)"
    r"(?: (?:ketik|tulis|input|catat|angka|jumlah|hari|tanggal|jam))?"
)
_THING = r"(?:(?:jumlah|angka|hari|tanggal|jam|waktu|satuan|catatan)(?:nya)? ?)?"
# After `salah` alone a mark must follow: `koreksi 30 lembar jawaban` is work.
_LEAD = re.compile(
    rf"^(?:{_WRONG}(?: ?[,.:;!-]+ ?)"
    r"|(?:yang benar|se?harusnya|harusnya|mestinya|semestinya|maksudnya|maksud saya|maksudku"
    r"|should be|i meant|i mean)[ ,:]*"
    rf"|(?:ganti|ubah|jadikan|change|edit) ?{_THING}(?:it |that |the amount )?"
    r"(?:jadi|menjadi|ke|to) "
    rf"|{_WRONG} (?=se?harusnya|harusnya|mestinya|maksud|jadi|yang benar))"
)
_NOT_BUT = re.compile(r"^bukan [^,]{1,30}?(?: ?, ?| (?:tapi|tetapi|melainkan) )(?:tapi |tetapi )?")
_TAIL = re.compile(
    r"(?: ?,? ?bukan .{1,30}|(?: (?:ya|yah|saja|aja|dong|deh|kak|min|pak|bu|maaf|sorry))+)?[ .!]*$"
)
_TAKE_BACK = r"(?:hapus|hapuskan|batal|batalkan|urungkan|buang|undo|delete|cancel|remove)"
_LAST = (
    r"(?:(?:catatan|entri|log|laporan|input)(?:ku|nya| saya)?(?: yang)? (?:tadi|terakhir|barusan)"
    r"|yang (?:tadi|terakhir|barusan)|(?:the )?last(?: one| entry)?|that)"
)
_UNDO = re.compile(rf"^{_TAKE_BACK} {_LAST}(?: (?:ya|dong|saja|aja|min|kak|itu))*[ .!]*$")
_UNDO_THIS = re.compile(
    rf"^{_TAKE_BACK}(?: (?:ini|itu|saja|aja|ya|dong|catatan|entri|it|this))*[ .!]*$"
)


@dataclass(frozen=True, slots=True)
class Mend:
    """What is to be put right: everything taken back, or the words of what is right."""

    undo: bool
    words: str = ""


def mend_of(text: str, *, replied: bool) -> Mend | None:
    """Read words that put an entry right; None when they tell of anything else.

    In a reply to the entry its right value is enough; elsewhere a correcting word must come first.
    """
    line = " ".join(text.lower().split())
    if not line or len(line) > LONGEST or "?" in line or "\n" in text.strip():
        return None
    line = _CALM.sub("", line)
    if _UNDO.match(line) or (replied and _UNDO_THIS.match(line)):
        return Mend(undo=True)
    rest = line
    while (found := _LEAD.match(rest)) and found.end():
        rest = rest[found.end() :].lstrip(" ,.:;-")
    rest = _NOT_BUT.sub("", rest)
    if rest == line and not replied:
        return None
    words = _TAIL.sub("", rest)
    return Mend(undo=False, words=words) if words else None
