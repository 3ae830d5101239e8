"""The rule of a light as a sentence with its figures: from where green, from where red, what lies between."""

from __future__ import annotations

from kpi.judge.light import Light
from kpi.judge.status import slack
from kpi.model.kpi import Better
from kpi.model.reading import Reason
from kpi.model.verdict import Measure


def ruling(lit: Light, better: Better) -> Reason:
    """Return the rule by which a light was given, or would be if there were more data.

    Where no interval can be built red is out of reach, and the rule says so.
    """
    by = lit.by
    if by.bar is None or lit.why.key == "not_judged":
        return lit.why
    facts: dict[str, object] = {
        "green": by.bar,
        "typed": by.measure is Measure.TARGET and lit.pace is None,
        "usual": by.measure is Measure.REFERENCE,
        "limit": by.measure is Measure.ECONOMICS,
        "running": lit.pace is not None,
    }
    proven = lit.interval is not None
    if by.top is not None:
        facts |= {
            "top": by.top,
            "red": by.bar - slack(by.bar, by.tolerance),
            "far": by.top + slack(by.top, by.tolerance),
        }
        return Reason(key="ruling.range" if proven else "ruling.range_open", facts=facts)
    off = slack(by.bar, by.tolerance)
    if better is Better.DOWN:
        facts["red"] = by.bar + off
        return Reason(key="ruling.down" if proven else "ruling.down_open", facts=facts)
    facts["red"] = by.bar - off
    return Reason(key="ruling.up" if proven else "ruling.up_open", facts=facts)
