"""What leads to what: leaked data that inflate scores told as inflated scores that leak data.

What stands in front of 导致 brings about what stands behind it. English says so with the cause first
(`leads to`), or behind (`is caused by`); all that both texts have must stand on its side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.fidelity.nearness import Span
from digestlib.fidelity.things import WORD, Thing, names_of, words_of
from digestlib.fidelity.witnesses import clause_around, is_in
from digestlib.models import Finding

CAUSES: Final = (
    "导致|引起|引发|造成|带来|促成|削弱|加剧|助长|诱发|招致|催生|推动|拖慢|损害|妨碍|阻碍|抑制|促进"
)
"""One of these in a source that tells what leads to what."""
_CAUSE: Final = re.compile(CAUSES)
_TURNED_THERE: Final = re.compile(
    r"[被由把将使让令]|(?<!过)于|所\Z|[不未没无]|越|随|比|而|既|可能是|并非|的原因|的是|其"
)
_NOT_BEHIND: Final = re.compile(r"的(?:原因|主因|根源|是|[^，。；]{1,8}(?:是|为))|越|而非|，")
_LEADS: Final = re.compile(
    r"\b(?:lead(?:s|ing)? to|led to|caus(?:e|es|ed|ing)|result(?:s|ed|ing)? in|brings?(?: about| on)?|brought(?: about| on)?|"
    r"produc(?:e|es|ed|ing)|creat(?:e|es|ed|ing)|trigger(?:s|ed|ing)?|spark(?:s|ed|ing)?|mak(?:e|es|ing)|made|"
    r"induc(?:e|es|ed|ing)|giv(?:e|es|ing) rise to|gave rise to|driv(?:e|es|ing)|drove|fuel(?:s|led|ling|ed|ing)?|"
    r"prompt(?:s|ed|ing)?|spur(?:s|red|ring)?|weaken(?:s|ed|ing)?|erod(?:e|es|ed|ing)|undermin(?:e|es|ed|ing)|"
    r"aggravat(?:e|es|ed|ing)|exacerbat(?:e|es|ed|ing)|worsen(?:s|ed|ing)?|intensif(?:y|ies|ied|ying)|"
    r"harm(?:s|ed|ing)?|hurt(?:s|ing)?|damag(?:e|es|ed|ing)|hinder(?:s|ed|ing)?|hamper(?:s|ed|ing)?|imped(?:e|es|ed|ing)|"
    r"inhibit(?:s|ed|ing)?|suppress(?:es|ed|ing)?|promot(?:e|es|ed|ing)|slow(?:s|ed|ing)?(?: down)?|encourag(?:e|es|ed|ing))\b"
)
_OTHER_WAY: Final = re.compile(
    r"\b(?:because|due to|owing to|thanks to|from|stem\w*|result(?:s|ed|ing)? of|when|if|as|after|once|why|reasons?|causes? of|"
    r"behind|blame\w*|attribut\w*|down to|put down|what|by|not|no|never|without|n't|less|that|which|who|it|this|they|with|than)\b|n['’]t\b"
)
"""Beside these the cause may stand on the other side."""
_PARTED_THERE: Final = re.compile(r"[，。；：、！？\n（）()]")
_PARTED_HERE: Final = re.compile(
    r"[,;:](?=\s)|[.!?](?=\s|$)|[()\n–—]|\b(?:and|but|while|whereas|though|although)\b"
)
REACH: Final = 120
"""Either stands so many characters from the verb."""


def exchanged_causes(case: Case) -> Iterator[Finding]:
    """The cause told as the effect, where all that is told of either stands on the other side."""
    verbs = list(_CAUSE.finditer(case.source))
    if len(verbs) != 1 or len(case.text) < len(case.source):
        return  # so little tells nothing of the places
    told = list(_LEADS.finditer(case.lowered))
    if len(told) != 1:
        return
    low, high = clause_around(_PARTED_THERE, case.source, verbs[0].span(), reach=REACH)
    start, stop = clause_around(_PARTED_HERE, case.lowered, told[0].span(), reach=REACH)
    cause, effect = (low, verbs[0].start()), (verbs[0].end(), high)
    if _TURNED_THERE.search(case.source, *cause) or _NOT_BEHIND.search(case.source, *effect):
        return
    if _OTHER_WAY.search(case.lowered, start, stop):
        return
    front, behind = (start, told[0].start()), (told[0].end(), stop)
    things = [*names_of(case.source, case.text), *words_of(case.source, case.text)]
    once = [t for t in things if t.once and t.weight >= WORD]
    causes, effects = (_within(side, once) for side in (cause, effect))
    causes, effects = (
        [t for t in some if not is_in(t.target[0], told[0].span())] for some in (causes, effects)
    )
    turned = _all_in(causes, behind) and _all_in(effects, front)
    if turned:
        message = "what leads to what is exchanged"
        yield finding(case, "swap", "major", message, target=told[0].span(), span=verbs[0].span())


def _within(stretch: Span, things: Sequence[Thing]) -> list[Thing]:
    return [t for t in things if is_in(t.source[0], stretch)]


def _all_in(things: Sequence[Thing], stretch: Span) -> bool:
    """Whether there are any, and all stand in the stretch."""
    return bool(things) and all(is_in(t.target[0], stretch) for t in things)
