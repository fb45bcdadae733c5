import pytest

from bot.understanding.feedback import Tone, tone_of


@pytest.mark.parametrize(
    ("words", "tone"),
    [
        ("Rujukannya cepat, bagus sekali", Tone.PRAISE),
        ("mantap, lanjutkan 👍", Tone.PRAISE),
        ("Terima kasih Bu", Tone.PRAISE),
        ("Thank you, well done", Tone.PRAISE),
        ("tolong koordinasi dulu dengan puskesmas", Tone.GUIDANCE),
        ("Besok ikut rapat", Tone.GUIDANCE),
        ("", Tone.GUIDANCE),
        ("tidak bagus", Tone.GUIDANCE),
        ("Bagus, tapi lengkapi buktinya", Tone.MEND),
        ("angkanya salah", Tone.MEND),
        ("Mohon direvisi jumlahnya", Tone.MEND),
        ("please add the photo", Tone.MEND),
    ],
)
def test_a_leaders_words_are_praise_guidance_or_a_request_to_mend(words, tone):
    assert tone_of(words) is tone
