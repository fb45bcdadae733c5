"""The kinds and states of what people record."""

import enum


class EntryState(enum.StrEnum):
    """Whether an entry counts; an undone one can come back, a deleted one cannot."""

    KEPT = "kept"
    UNDONE = "undone"
    DELETED = "deleted"


class EvidenceKind(enum.StrEnum):
    """What a bukti dukung is."""

    PHOTO = "foto"
    FILE = "berkas"
    LINK = "tautan"
    VOICE = "suara"


class EvidenceState(enum.StrEnum):
    """Whether our own copy is there."""

    PENDING = "pending"
    STORED = "stored"
    REFUSED = "refused"
