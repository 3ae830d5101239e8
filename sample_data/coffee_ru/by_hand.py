"""What the owner writes down: channel, reviews, till and costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from sample_data.chance import MONTHS, YEAR, Chance, Post, days
from sample_data.codes import Live, coded, known, lived
from sample_data.coffee_ru import vk
from sample_data.coffee_ru.words import CODES, TEXTS, WEEK
from sample_data.layouts import Cell
from sample_data.shop import Shop
from sample_data.vk import kinds

_SILENT = (date(YEAR, 2, 10), date(YEAR, 2, 16))  # the owner was away: nothing was written down
# Source, receipts in 30 days, average receipt.
_SOURCES = (("Зал", 1860, 410), ("Доставка", 420, 690))
_CODE_WORDS = (("ВКонтакте, кодовое слово", 210, 430), ("Telegram, кодовое слово", 100, 450))
_OWN = {"ВКонтакте, кодовое слово": ("vk", "ВК15"), "Telegram, кодовое слово": ("telegram", "ТГ15")}
_REVIEWS = (
    (5, "Лучший раф в городе, вернёмся ещё"),
    (5, "Уютно, тихо, розетки у каждого стола 👍"),
    (5, "Вкусные сырники, приветливая бариста"),
    (4, "Хорошо, но в субботу ждали двадцать минут"),
    (5, "Зерно всегда свежее, беру домой"),
    (4, "Кофе отличный,\nдесертов к вечеру почти не осталось"),
    (5, None),
    (3, "Перепутали заказ, потом всё исправили"),
)

_Sheet = tuple[str, tuple[str, ...], Iterator[tuple[Cell, ...]]]


def sheets(shop: Shop) -> dict[str, _Sheet]:
    """Return the sheets that the owner keeps by hand: name, headings and rows."""
    return {
        "clicks": ("Переходы", ("Дата", "Переходы по ссылке в профиле"), _profile_clicks(shop)),
        "telegram": (
            "Посты",
            ("Дата", "Время", "Текст", "Просмотры", "Реакции", "Комментарии", "Репосты", "Подписчиков"),
            _telegram(shop),
        ),
        "subscribers": ("Канал", ("Дата", "Подписчиков"), _subscribers(shop)),
        "reviews": ("Отзывы", ("Дата", "Площадка", "Оценка", "Текст"), _reviews(shop)),
        "till": ("Касса", ("Дата", "Источник", "Промокод", "Чеков", "Выручка", "Возвраты"), _till(shop)),
        "costs": ("Затраты", ("Месяц", "Статья", "Сумма"), _costs(shop)),
    }


def _profile_clicks(shop: Shop) -> Iterator[tuple[Cell, ...]]:
    chance = shop.chance("profile clicks")
    for month in MONTHS:
        yield from chance.by_day(month, 850 * shop.size * chance.level(month), WEEK)


def _channel(shop: Shop) -> dict[date, int]:
    """Return the channel's subscribers by day."""
    chance = shop.chance("channel")
    level, by_day = 2150 * shop.size, {}
    for month in MONTHS:
        for day in days(month):
            level += shop.size * chance.random.uniform(-1.5, 3)
            by_day[day] = round(level)
    return by_day


def _silent(day: date) -> bool:
    return _SILENT[0] <= day <= _SILENT[1]


def _subscribers(shop: Shop) -> Iterator[tuple[Cell, ...]]:
    return ((day, count) for day, count in _channel(shop).items() if not _silent(day))


def _posted(shop: Shop, chance: Chance) -> list[Post]:
    return list(
        chance.posts(
            shop.count(16),
            reach=lambda month: 1150 * shop.size * chance.level(month),
            rate=lambda month: 0.03 * chance.level(month),
            sigma=0.5,
        )
    )


def _telegram(shop: Shop) -> Iterator[tuple[Cell, ...]]:
    chance = shop.chance("telegram")
    channel, posts = _channel(shop), _posted(shop, chance)
    codes = coded(shop, "telegram", posts, CODES["telegram"])
    for post, text in zip(posts, chance.mix(TEXTS, len(posts)), strict=True):
        day = post.at.date()
        likes, shares, comments = kinds(post)
        told = (None, None, None) if _silent(day) else (likes, comments, shares)
        views = None if _silent(day) or post.middling else post.reach
        call = "\n\nНазовите на кассе код {}: скидка до воскресенья"
        said = text + call.format(codes[post.number]) if post.number in codes else text
        yield day, f"{post.at:%H:%M}", said, views, *told, None if _silent(day) else channel[day]


def _reviews(shop: Shop) -> Iterator[tuple[Cell, ...]]:
    chance = shop.chance("reviews")
    for month in MONTHS:
        by_day = chance.by_day(month, shop.count(18), WEEK)
        dates = [day for day, count in by_day for _ in range(count)]
        for day, (rating, text) in zip(dates, chance.mix(_REVIEWS, len(dates)), strict=True):
            place = chance.random.choice(("Яндекс Карты", "2ГИС", "Отзовик"))
            yield day, place, rating, text


def _till(shop: Shop) -> Iterator[tuple[Cell, ...]]:
    """Yield a day's receipts by where the guest came from."""
    chance, codes = shop.chance("till"), _codes(shop)
    spoken = shop.chance("codes")
    for month in MONTHS:
        kept = shop.story.keeps("lost_code_words", month)
        traced = [(name, count * kept, check) for name, count, check in _CODE_WORDS]
        dealt = [
            (name, check, chance.by_day(month, count * shop.size * chance.level(month), WEEK))
            for name, count, check in (*_SOURCES, *traced)
        ]
        for sources in zip(*(by_day for _, _, by_day in dealt), strict=True):
            for (name, check, _), (day, count) in zip(dealt, sources, strict=True):
                revenue = round(count * check * chance.wobble(0.05))
                back = check if name == "Зал" and chance.random.random() < 0.15 else 0
                network, own = _OWN.get(name, ("", None))
                usual = (own, known(codes.get(network, ()), day))
                for code, some, part in _by_code(spoken, usual, count, revenue):
                    yield day, name, code, some, part, back


def _codes(shop: Shop) -> Mapping[str, tuple[Live, ...]]:
    """Return the codes that posts of each network gave out."""
    feeds = {"vk": vk.feed(shop), "telegram": _posted(shop, shop.chance("telegram"))}
    return {name: lived(posts, coded(shop, name, posts, CODES[name])) for name, posts in feeds.items()}


def _by_code(
    chance: Chance, usual: tuple[str | None, str | None], count: int, revenue: int
) -> Iterator[tuple[str | None, int, int]]:
    """Yield a day's receipts of one source by the code that the barista wrote down, with their revenue.

    `usual` are the network's own code, None where there is none, and that of its latest post. Now and then
    the code was not written down, and only the network is known.
    """
    own, latest = usual
    if own is None or not count:
        yield None, count, revenue
        return
    named = Counter[str | None]()
    for _ in range(count):
        chosen = chance.random.random()
        named[latest if latest and chosen < 0.3 else None if chosen > 0.8 else own] += 1
    told = 0
    for place, (code, some) in enumerate(sorted(named.items(), key=lambda one: one[0] or ""), start=1):
        part = revenue - told if place == len(named) else round(revenue * some / count)
        told += part
        yield code, some, part


def _costs(shop: Shop) -> Iterator[tuple[Cell, ...]]:
    for month in MONTHS:
        first = date(YEAR, month, 1)
        yield first, "SMM-подрядчик", round(12000 * shop.size)
        yield first, "Фотосъёмка для соцсетей", round(3000 * shop.size)
        yield first, "VK Реклама, бюджет", round(9000 * shop.size)
