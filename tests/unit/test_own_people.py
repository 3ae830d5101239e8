"""Own sheets of what people ask, say and buy: proposed whole, and read to the figure."""

from __future__ import annotations

import numpy as np
import pytest

from kpi.facts.assemble import Facts, assemble
from kpi.ingest.parse import parse
from kpi.model.limits import HOSTED
from kpi.model.owner import FileAnswers, Owner
from kpi.model.reading import Table

SHEETS = {
    "messages_ru": (
        """Дата обращения;Клиент;Вопрос;Ответили
03.03.2025 10:15;Анна;Есть ли в наличии?;03.03.2025 10:40
03.03.2025 21:05;Олег;Сколько стоит доставка?;04.03.2025 09:10
05.03.2025 12:00;Ира;Работаете ли вы?;
06.03.2025 13:00;Лев;А завтра?;06.03.2025 13:02
""",
        {"Дата обращения": "messages.at", "Ответили": "messages.answered_at"},
        {"messages.count": 4, "messages.answered": 3, "messages.reply_minutes": 25 + 725 + 2},
    ),
    "messages_en": (
        """Received at;From;Channel;Replied at
2025-03-03 10:15;Ann;Instagram;2025-03-03 10:40
2025-03-03 21:05;Bob;Facebook;2025-03-04 09:10
2025-03-05 12:00;Eve;Instagram;-
2025-03-06 12:00;Eve;Instagram;2025-03-06 12:05
""",
        {"Received at": "messages.at", "Replied at": "messages.answered_at"},
        {"messages.count": 4, "messages.answered": 3, "messages.reply_minutes": 25 + 725 + 5},
    ),
    "survey_form_ru": (
        """Отметка времени;Насколько вероятно, что вы порекомендуете нас;Что улучшить?
03.03.2025 10:15:22;9;всё хорошо
03.03.2025 11:15:22;10;
04.03.2025 10:15:22;5;долго ждать
04.03.2025 12:15:22;8;-
""",
        {
            "Отметка времени": "surveys.at",
            "Насколько вероятно, что вы порекомендуете нас": "surveys.score",
        },
        {"surveys.count": 4, "surveys.promoters": 2, "surveys.detractors": 1},
    ),
    "reviews_ru": (
        """Дата отзыва;Площадка;Оценка;Текст отзыва
03.03.2025;2ГИС;5;всё хорошо
04.03.2025;Яндекс Карты;3;долго ждать
05.03.2025;Яндекс Карты;4;
""",
        {"Дата отзыва": "reviews.at", "Площадка": "reviews.place", "Оценка": "reviews.rating"},
        {"reviews.count": 3, "reviews.rating": 12},
    ),
    "stories_ru": (
        """Дата;Тема;Первый кадр;Последний кадр;Выходы
03.03.2025;утро;320;210;40
04.03.2025;акция;300;180;55
05.03.2025;опрос;280;200;30
""",
        {
            "Дата": "stories.date",
            "Первый кадр": "stories.first_frame_viewers",
            "Последний кадр": "stories.last_frame_viewers",
            "Выходы": "stories.exits",
        },
        {"stories.first_frame_viewers": 900, "stories.last_frame_viewers": 590, "stories.exits": 125},
    ),
    "comments_en": (
        """Time;Username;Post;Comment
2025-03-03 10:00;ann_lee;p1;Nice
2025-03-03 10:05;bob;p1;wow
2025-03-04 10:00;Ann_Lee;p2;again
2025-03-05 10:00;eve;p2;cool
""",
        {"Time": "engagers.date", "Username": "engagers.person"},
        {"engagers.unique": 0 + 1 + 0 + 2},
    ),
    "new_buyers_en": (
        """Date;Order ID;Customer email;Total;New customer;Source
2025-03-03;1;a@example.com;50;yes;Instagram
2025-03-04;2;b@example.com;60;no;Website
2025-03-05;3;a@example.com;70;no;Instagram
""",
        {
            "Date": "orders.at",
            "Order ID": "orders.id",
            "Customer email": "orders.customer",
            "Total": "orders.amount",
            "New customer": "orders.new",
            "Source": "orders.source",
        },
        {"orders.repeat_count": 1, "orders.new_customers": 0 - 1 - 1, "social_orders.revenue": 120},
    ),
    "leads_ru": (
        """Дата заявки;Источник;Подходит;Купил
03.03.2025;ВК;да;нет
04.03.2025;ВК;нет;нет
05.03.2025;Инстаграм;Да;да
""",
        {
            "Дата заявки": "leads.at",
            "Источник": "leads.source",
            "Подходит": "leads.fits",
            "Купил": "leads.bought",
        },
        {"social_leads.count": 3, "social_leads.qualified": 2, "social_leads.won": 1},
    ),
    "mentions_ru": (
        """Дата упоминания;Автор;Тональность
03.03.2025;anna;позитивная
04.03.2025;oleg;негативная
05.03.2025;ira;нейтральная
""",
        {"Дата упоминания": "mentions.at", "Автор": "mentions.author", "Тональность": "mentions.mood"},
        {"mentions.count": 3, "mentions.positive": 1, "mentions.negative": 1},
    ),
    "ads_ru": (
        """Дата;Кампания;Цель;Расход, руб;Показы;Подписки
03.03.2025;А;Подписчики;500;10000;50
03.03.2025;Б;Трафик;300;9000;
04.03.2025;А;Подписчики;400;8000;30
""",
        {
            "Дата": "ads.starts",
            "Кампания": "ads.campaign",
            "Цель": "ads.aim",
            "Расход, руб": "ads.spend",
            "Показы": "ads.impressions",
            "Подписки": "ads.follows",
        },
        {"ads.follow_spend": 900, "ads.follows": 80},
    ),
}


def read(text: str, answers: FileAnswers) -> Table:
    (table,) = parse("own.csv", text.encode(), answers, HOSTED).tables
    return table


def total(facts: Facts, name: str) -> float:
    kind, _, column = name.partition(".")
    return float(np.nansum(facts.daily[kind].values[column]))


@pytest.mark.parametrize("id_", SHEETS)
def test_an_own_sheet_is_proposed_whole_and_tells_its_figures(id_: str) -> None:
    text, wanted, figures = SHEETS[id_]
    guessed = {column.heading: column.guess for column in read(text, FileAnswers()).columns if column.guess}
    assert guessed == wanted
    reading = parse("own.csv", text.encode(), FileAnswers(mapping=dict(wanted)), HOSTED)
    facts = assemble([reading], (Owner(currency="RUB"),))
    assert {name: total(facts, name) for name in figures} == figures
    assert not reading.issues


def test_people_are_kept_as_digests_only() -> None:
    for id_, field in (("comments_en", "person"), ("new_buyers_en", "customer")):
        text, wanted, _ = SHEETS[id_]
        data = read(text, FileAnswers(mapping=dict(wanted))).data
        assert data is not None
        kept = data[field].to_pylist()
        assert all(len(one) == 16 and set(one) <= set("0123456789abcdef") for one in kept)
        assert len(set(kept)) == len(set(kept) | {kept[0]}) < len(kept)


MAPPING = {"At": "messages.at", "Reply": "messages.answered_at"}


def answered(*cells: str) -> list[float | None]:
    rows = "".join(f"2025-03-{day:02d} 10:00;{cell};x\n" for day, cell in enumerate(cells, 1))
    data = read(f"At;Reply;Note\n{rows}", FileAnswers(mapping=MAPPING)).data
    assert data is not None
    found: list[float | None] = data["answered"].to_pylist()
    return found


def test_a_blank_a_dash_or_a_no_is_no_answer_and_a_word_is_unknown() -> None:
    times = [f"2025-03-{day:02d} 11:00" for day in range(1, 9)]
    assert answered(*times, "", "—", "Нет", "later") == [1.0] * 8 + [0.0, 0.0, 0.0, None]


def test_two_columns_of_times_keep_their_zones_apart() -> None:
    rows = "2025-03-03T10:00:00+03:00;2025-03-03T08:30:00Z;x\n2025-03-04T10:00:00+03:00;;y\n"
    reading = parse("own.csv", f"At;Reply;Note\n{rows}".encode(), FileAnswers(mapping=MAPPING), HOSTED)
    facts = assemble([reading], (Owner(time_zone="Europe/Moscow"),))
    assert facts.daily["messages"].values["reply_minutes"].tolist()[0] == 90
