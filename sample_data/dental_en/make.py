"""Makes the figures of an invented dental clinic in Norwich, Larkmoor Dental: Facebook, Google, our template.

Three problems are planted, one a month from September on:

* `late_answers`: who writes to the clinic waits almost three times as long for the first answer;
* `dear_leads`: a chain bids for the same people, a request by a form in the ads costs twice as much;
* `sour_reviews`: people complain of the new phone menu, new reviews give two or three stars, not five.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from sample_data import google, meta, template
from sample_data.chance import days
from sample_data.dental_en import desk, online
from sample_data.dental_en.words import ACCOUNT
from sample_data.layouts import facebook_posts, meta_overview
from sample_data.problem import MONTH, Problem, Story
from sample_data.shop import Shop, tell

MONTHS = range(-2, 13)
SMALLEST = 0.7  # a smaller clinic has too few requests in a month for a verdict on what they cost

PROBLEMS: Mapping[str, Problem] = {
    problem.id: problem
    for problem in (
        Problem(
            id="late_answers",
            what="the first answer takes almost three times as long",
            kpis=("first_response_time",),
            from_month=9,
            keeps=0.36,
        ),
        Problem(
            id="dear_leads",
            what="a request by the form in the ads costs twice as much",
            kpis=("cpl",),
            also=("cpc", "cpm"),
            from_month=10,
            keeps=0.5,
        ),
        Problem(
            id="sour_reviews",
            what="new reviews give two or three stars instead of nearly five",
            kpis=("avg_rating",),
            from_month=11,
            keeps=0.52,
        ),
    )
}

FILES = {
    "posts": "Oct-01-2024_Dec-31-2025_8120241003123456.csv",
    "forms": "Larkmoor-Dental-Campaigns-Oct-1-2024-Dec-31-2025.csv",
    "searches": "Campaign report.csv",
    "listing": "GMB insights (Performance Report) - 2024-10-1 - 2025-12-31 - 25eb59dc.csv",
    "desk": "Larkmoor, our figures.xlsx",
}

DEMO = {
    "trade": "dental_clinic",
    "lang": "en",
    "name": {"ru": "Larkmoor Dental", "en": "Larkmoor Dental"},
    "blurb": {
        "ru": "Facebook, реклама Meta и Google, заявки, сообщения и отзывы: 15 месяцев, на английском",
        "en": "Facebook, Meta and Google ads, requests, messages and reviews: 15 months",
    },
    "goals": ["leads", "reputation", "awareness"],
    "targets": {"first_response_time": 60, "response_rate": 90, "avg_rating": 4.5},
}


def make(
    folder: Path,
    seed: int = 1,
    size: float = 1.0,
    month: int = MONTH,
    problems: Collection[str] = tuple(PROBLEMS),
) -> None:
    """Write the clinic's files into `folder`; `month` is that of the first problem, `size` scales the clinic.

    A clinic is never smaller than `SMALLEST`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    story = Story(known=PROBLEMS, planted=problems, month=month)
    clinic = Shop(name="dental_en", seed=seed, size=max(size, SMALLEST), months=MONTHS, story=story)
    first, last = days(MONTHS[0])[0], days(MONTHS[-1])[-1]
    page = {"network": "facebook", "account": ACCOUNT}
    answers: dict[str, object] = {file: {} for file in FILES.values()} | {FILES["posts"]: page}
    facebook_posts(folder / FILES["posts"], online.posts(clinic))
    for file, title, values in online.cards(clinic):
        meta_overview(folder / file, title, values)
        answers[file] = page
    meta.ads(folder / FILES["forms"], "GBP", online.forms(clinic), clinic.chance("meta ads details"))
    google.ads(folder / FILES["searches"], "GBP", first, last, online.searches(clinic))
    google.business_profile(
        folder / FILES["listing"], ACCOUNT, "4 Tanner Row, Norwich NR1 0XX", online.listing(clinic)
    )
    template.filled(folder / FILES["desk"], desk.sheets(clinic))
    answers["owner"] = {
        "trade": "dental_clinic",
        "currency": "GBP",
        "time_zone": "Europe/London",
        "working_hours": "Mo-Fr 09:00-17:30",
        "reply_within": 60,
    }
    tell(folder, answers=answers, demo=DEMO)


if __name__ == "__main__":
    make(Path(__file__).parent)
