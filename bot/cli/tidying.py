"""How often this process looks for rings of objects that nobody reaches any more."""

import gc

# So many new objects before the young are looked through, so often before the middle-aged are,
# and so often of that before all. Python's own 700, 10 and 10 suit a script: with the hundred
# thousand objects of a bot at rest, and as many in one leader's answer, half of its time was spent
# looking.
SELDOM = (50_000, 20, 50)


def tidy_seldom() -> None:
    """Leave alone for good what is there now, and look seldom through what comes.

    Called once, when what stays to the end has been loaded.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
