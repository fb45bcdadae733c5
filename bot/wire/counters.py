"""What the line counts for whoever watches it: sums and times, never a person, chat or word."""

from prometheus_client import Counter, Histogram

# From what nobody notices up to the longest wait of a call.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

RECEIVED = Counter(
    "asisten_asn_updates_received",
    "Updates that came in: new, or repeated by Telegram.",
    ["kind"],
)
HANDLED = Counter(
    "asisten_asn_updates_handled",
    "Updates that were handled: done, refused with a sentence, or set aside after failures.",
    ["fate"],
)
ANSWERED = Counter(
    "asisten_asn_answers", "Answers by what became of them: sent or dropped.", ["fate"]
)
HANDLING = Histogram(
    "asisten_asn_handling_seconds",
    "How long it took to handle an update, commit included.",
    buckets=BUCKETS,
)
SENDING = Histogram(
    "asisten_asn_sending_seconds",
    "How long it took to send an answer, waiting for Telegram included.",
    buckets=BUCKETS,
)

# A series that begins at nought shows its first event; one that begins with it does not.
for counter, label, values in (
    (RECEIVED, "kind", ("new", "repeated")),
    (HANDLED, "fate", ("done", "refused", "aside")),
    (ANSWERED, "fate", ("sent", "dropped")),
):
    for value in values:
        counter.labels(**{label: value})
