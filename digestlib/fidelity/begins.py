"""What begins to rise or fall, told the other way round: starts to climb, for 超过 70% 后开始下滑."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from digestlib.fidelity.axes import LOWER_IS_BETTER
from digestlib.fidelity.cases import Case
from digestlib.fidelity.findings import finding
from digestlib.models import Finding

BEGINS: Final = "开始"
TOLD: Final = "start|beg"
_THERE: Final = re.compile(
    r"(?<!从)(?<!自)开始(?:逐渐|逐步|缓慢|迅速|快速|持续|小幅|大幅|急剧|明显|显著|略有|有所|再次|重新)*"
    r"(?:(?P<down>下滑|下降|下跌|回落|走低|降低|减少|衰减|递减|滑落|滑坡)|(?P<up>上升|上涨|回升|攀升|增加|增长|走高|反弹|升高))"
)
_HERE: Final = re.compile(
    r"\b(?:start\w*|beg[aiu]n\w*) (?:to )?(?:[a-z]+ly )?"
    r"(?:(?P<up>ris|climb|increas|grow|improv|pick(?:ing)? up|go(?:ing)? up|soar|surg|rebound)|"
    r"(?P<down>fall|declin|drop|decreas|slip|slid|degrad|go(?:ing)? down|diminish|dip|slump|decay))"
)
_SAME: Final = {
    "up": re.compile(
        r"\b(?:ris|rose|climb|increas|grow|grew|improv|up\b|upward|soar|surg|rebound|recover|high|more|gain|rais|swell|mount|creep|expand|worse|deteriorat)"
    ),
    "down": re.compile(
        r"\b(?:fall|fell|declin|drop|decreas|slip|slid|degrad|down|diminish|dip|slump|decay|low|less|few|reduc|shr[aiu]|los|weak|wors|deteriorat|suffer|back|ebb|taper|sink|sank|wane|hurt|harm|tumbl|plung|slow|sag|fad|eas|narrow|poor)"
    ),
}
"""What may say the same in English, wherever it stands."""
_DENIED: Final = re.compile(
    r"\b(?:no|not|never|nor|neither|without|before|until|unless|stop\w*|than)\b|n['’]t\b"
)


def turned_beginnings(case: Case) -> Iterator[Finding]:
    """The one thing that begins to fall, where English lets one begin to rise, and none fall."""
    there, here = list(_THERE.finditer(case.source)), list(_HERE.finditer(case.lowered))
    if len(there) != 1 or len(here) != 1 or there[0].lastgroup == here[0].lastgroup:
        return
    same = _SAME[there[0].lastgroup or ""]
    if same.search(case.lowered) or _DENIED.search(case.lowered):
        return
    if here[0][0].endswith("improv") and LOWER_IS_BETTER.search(case.source):
        return
    message = f"the source says {there[0][0]}"
    yield finding(case, "direction", "major", message, target=here[0].span(), span=there[0].span())
