"""Makes the figures of an invented payroll service in Dublin, Quillmere: LinkedIn, YouTube, Google, requests.

Three problems are planted, one a month from September on:

* `lost_likes`: staff no longer like the firm's posts on LinkedIn, which get 60 % fewer reactions;
* `wrong_leads`: requests from LinkedIn and YouTube are as many as before, but half as many fit;
* `idle_visits`: a free template brings almost twice as many visits of the site, and not one request more.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from sample_data import google, linkedin, workbook, youtube
from sample_data.b2b_en import networks, sales
from sample_data.b2b_en.words import ACCOUNT
from sample_data.chance import days
from sample_data.problem import MONTH, Problem, Story
from sample_data.shop import Shop, tell

MONTHS = range(-2, 13)
SMALLEST = 0.7  # a smaller firm has too few requests in a month for a verdict on how many fit

PROBLEMS: Mapping[str, Problem] = {
    problem.id: problem
    for problem in (
        Problem(
            id="lost_likes",
            what="posts on LinkedIn get 60 % fewer reactions for the same views",
            kpis=("engagement_rate", "reaction_rate"),
            also=("audience_activity", "engagements_total", "er_day"),
            network="linkedin",
            from_month=9,
            keeps=0.4,
        ),
        Problem(
            id="wrong_leads",
            what="half as many requests from LinkedIn and YouTube fit",
            kpis=("qualified_lead_rate",),
            also=("cvr_lead_to_sale", "audience_quality"),
            from_month=10,
            keeps=0.5,
        ),
        Problem(
            id="idle_visits",
            what="almost twice as many visits of the site bring no request more",
            kpis=("cvr_click_to_lead",),
            also=("engaged_session_rate", "conversion_rate"),
            from_month=11,
            keeps=0.55,
        ),
    )
}

FILES = {
    "content": "quillmere_content_1767603600000.xlsx",
    "followers": "quillmere_followers_1767603660000.xlsx",
    "visitors": "quillmere_visitors_1767603720000.xlsx",
    "videos": "Content 2024-10-01_2025-12-31 Quillmere Payroll.csv",
    "site": "Traffic_acquisition_Session_source_medium.csv",
    "ads": "Campaign report.csv",
    "requests": "CRM requests.xlsx",
    "costs": "Marketing costs.xlsx",
}

DEMO = {
    "trade": "b2b_service",
    "lang": "en",
    "name": {"ru": "Quillmere Payroll", "en": "Quillmere Payroll"},
    "blurb": {
        "ru": "LinkedIn, YouTube, сайт, реклама Google, заявки из CRM и затраты: 15 месяцев, на английском",
        "en": "LinkedIn, YouTube, the website, Google ads, requests from the CRM and costs: 15 months",
    },
    "goals": ["leads", "engagement", "awareness"],
    "targets": {"qualified_lead_rate": 50, "comment_rate": 0.35},
}


def make(
    folder: Path,
    seed: int = 1,
    size: float = 1.0,
    month: int = MONTH,
    problems: Collection[str] = tuple(PROBLEMS),
) -> None:
    """Write the firm's files into `folder`; `month` is that of the first problem, `size` scales the firm.

    A firm is never smaller than `SMALLEST`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    story = Story(known=PROBLEMS, planted=problems, month=month)
    firm = Shop(name="b2b_en", seed=seed, size=max(size, SMALLEST), months=MONTHS, story=story)
    first, last = days(MONTHS[0])[0], days(MONTHS[-1])[-1]
    posts = list(networks.posts(firm))
    linkedin.content(folder / FILES["content"], networks.days_of_page(firm, posts), posts)
    towns = {"Dublin, Ireland": 1840, "Cork, Ireland": 410, "Galway, Ireland": 190, "London, England": 150}
    linkedin.followers(folder / FILES["followers"], networks.followers(firm), towns)
    jobs = {"Human Resources": 3100, "Finance": 2700, "Operations": 1900, "Sales": 640}
    linkedin.visitors(folder / FILES["visitors"], networks.visitors(firm), jobs)
    youtube.content(folder / FILES["videos"], networks.videos(firm))
    about = ("Quillmere", "quillmere.example")
    google.analytics(folder / FILES["site"], about, first, last, sales.visits(firm))
    google.ads(folder / FILES["ads"], "EUR", first, last, sales.campaigns(firm))
    headings = ("Created", "Number", "Firm", "Lead source", "Qualified", "Won")
    workbook.write(folder / FILES["requests"], {"Requests": (headings, *sales.requests(firm))})
    costs = (("Month", "Item", "Amount"), *sales.costs(firm))
    workbook.write(folder / FILES["costs"], {"Costs": costs})
    tell(folder, answers=_answers(), demo=DEMO)


def _answers() -> dict[str, object]:
    """Return what the owner would answer, in the shape of the command line's answers."""
    page = {"network": "linkedin", "account": ACCOUNT}
    requests = {
        "Created": "leads.at", "Number": "leads.id", "Firm": None, "Lead source": "leads.source",
        "Qualified": "leads.fits", "Won": "leads.bought",
    }  # fmt: skip
    costs = {"Month": "costs.month", "Item": "costs.item", "Amount": "costs.amount"}
    return {
        FILES["content"]: page,
        FILES["followers"]: page,
        FILES["visitors"]: page,
        FILES["videos"]: {"network": "youtube", "account": ACCOUNT},
        FILES["site"]: {},
        FILES["ads"]: {},
        FILES["requests"]: {"mapping": requests},
        FILES["costs"]: {"mapping": costs},
        "owner": {
            "trade": "b2b_service",
            "currency": "EUR",
            "time_zone": "Europe/Dublin",
            "working_hours": "Mo-Fr 09:00-17:00",
        },
    }


if __name__ == "__main__":
    make(Path(__file__).parent)
