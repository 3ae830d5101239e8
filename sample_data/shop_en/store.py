"""What the store itself tells: its orders in Shopify, and the visits of its site in Google Analytics."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from sample_data.chance import Chance, summer
from sample_data.codes import known
from sample_data.google import Visits
from sample_data.layouts import Row
from sample_data.meta import tail
from sample_data.shop import Shop
from sample_data.shop_en import social
from sample_data.shop_en.words import WEEK

_GOODS = (
    ("Duvet cover, oat", 148.0, 1),
    ("Pillowcase, sage", 32.0, 2),
    ("Fitted sheet, white", 96.0, 1),
    ("Tablecloth, rust", 84.0, 1),
    ("Napkins, plum, six", 54.0, 1),
    ("Apron, indigo", 46.0, 2),
    ("Throw, moss", 118.0, 1),
    ("Linen towel, grey", 38.0, 3),
)
_DISCOUNT = 0.4  # what AUTUMN40 takes off
_MORE = 1.25  # so many more order while it runs


@dataclass(frozen=True, slots=True, kw_only=True)
class _Way:
    """A way to the store: as Google Analytics and as a link call it, orders and visits of 30 days."""

    source: str
    medium: str
    orders: float
    visits: float
    paid: bool = False

    @property
    def tags(self) -> str | None:
        """The tags of the link, as the store keeps them."""
        return None if self.medium == "(none)" else f"utm_source: {self.source}\nutm_medium: {self.medium}"


_WAYS = (
    _Way(source="instagram", medium="social", orders=38, visits=1500),
    _Way(source="facebook", medium="social", orders=12, visits=420),
    _Way(source="facebook", medium="paid_social", orders=46, visits=1550, paid=True),
    _Way(source="google", medium="organic", orders=16, visits=700),
    _Way(source="(direct)", medium="(none)", orders=14, visits=520),
)


def _kept(shop: Shop, way: _Way, month: int) -> float:
    return shop.story.keeps("tired_ads", month) if way.paid else 1.0


def visits(shop: Shop) -> Iterator[Visits]:
    """Yield the visits of the site by day and source, newest day first as they are exported."""
    chance = shop.chance("visits")
    for month in reversed(shop.months):
        by_way = [
            list(
                chance.evenly(
                    month, way.visits * shop.size * chance.level(month) * _kept(shop, way, month), WEEK
                )
            )
            for way in _WAYS
        ]
        for told in zip(*map(reversed, by_way), strict=True):
            for way, (day, count) in zip(_WAYS, told, strict=True):
                if count:
                    yield Visits(
                        day=day,
                        source=f"{way.source} / {way.medium}",
                        sessions=count,
                        engaged=round(count * chance.random.uniform(0.52, 0.64)),
                        seconds=round(chance.random.uniform(28, 61), 1),
                        key_events=sum(
                            chance.random.random() < way.orders / way.visits for _ in range(count)
                        ),
                    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """An order: `cut` is the part of its price that its code takes off, `channel` is where it was placed.

    `link` is the end of the address of the post whose link the buyer followed.
    """

    at: datetime
    way: _Way
    goods: tuple[str, float, int]
    code: str | None
    cut: float
    channel: str = "web"
    link: str | None = None

    @property
    def note(self) -> str | None:
        """The tags of the link, as the store keeps them; a network's own shop has no link."""
        if self.channel != "web" or self.link is None:
            return self.way.tags if self.channel == "web" else None
        return f"{self.way.tags}\nutm_content: {self.link}"


def orders(shop: Shop) -> Iterator[Row]:
    """Yield the orders, newest first, as the store exports them."""
    chance = shop.chance("orders")
    placed: list[_Order] = []
    for month in shop.months:
        cheap = shop.story.keeps("deep_discount", month) < 1
        for way in _WAYS:
            many = (
                way.orders
                * shop.size
                * chance.level(month)
                * _kept(shop, way, month)
                * (_MORE if cheap else 1)
            )
            dates = [day for day, count in chance.evenly(month, many, WEEK) for _ in range(count)]
            for day, goods in zip(dates, chance.mix(_GOODS, len(dates)), strict=True):
                clock = timedelta(hours=chance.random.randrange(7, 22), seconds=chance.random.randrange(3600))
                off = cheap or chance.random.random() < 0.2
                code, cut = (("AUTUMN40", _DISCOUNT) if cheap else ("HELLO10", 0.1)) if off else (None, 0.0)
                at = datetime.combine(day, time()) + clock
                placed.append(_Order(at=at, way=way, goods=goods, code=code, cut=cut))
    placed = _by_post(shop, sorted(placed, key=lambda order: order.at))
    for number, order in reversed(list(enumerate(placed, start=2001))):
        yield _line(chance, number, order)


def _by_post(shop: Shop, placed: Iterable[_Order]) -> list[_Order]:
    """Return the orders of which some name a post: by its code or by its link.

    Of the others that came from a network some are placed in its own shop, which keeps no link.
    """
    chance, posts = shop.chance("codes"), social.posts(shop)
    found = []
    for order in placed:
        named, linked, inside = (chance.random.random() < share for share in (0.6, 0.25, 0.3))
        if order.way.paid or order.way.source not in posts:
            found.append(order)
            continue
        feed, codes = posts[order.way.source]
        code = known(codes, order.at.date())
        before = bisect_right(feed, order.at, key=lambda post: post.at)
        if named and code and order.code == "HELLO10":
            found.append(replace(order, code=code))
        elif linked and before:
            found.append(replace(order, link=tail(order.way.source, feed[before - 1].number)))
        else:
            found.append(replace(order, channel=order.way.source if inside else "web"))
    return found


def _line(chance: Chance, number: int, order: _Order) -> Row:
    """Return an order; each is of one kind of goods."""
    name, price, pieces = order.goods
    full = price * pieces
    off = round(full * order.cut, 2)
    shipping = 0.0 if full - off >= 60 else 6.0
    fate = chance.random.random()
    cancelled, refunded = fate < 0.012, fate > 0.985
    created = _stamp(order.at)
    return {
        "Name": f"#{number}",
        "Email": f"b{chance.random.randrange(1, 2400)}@example.com",
        "Financial Status": "voided" if cancelled else "partially_refunded" if refunded else "paid",
        "Currency": "USD",
        "Subtotal": f"{full - off:.2f}",
        "Shipping": f"{shipping:.2f}",
        "Total": f"{full - off + shipping:.2f}",
        "Discount Code": order.code,
        "Discount Amount": f"{off:.2f}",
        "Created at": created,
        "Lineitem quantity": pieces,
        "Lineitem name": name,
        "Lineitem price": f"{price:.2f}",
        "Note Attributes": order.note,
        "Cancelled at": _stamp(order.at + timedelta(hours=3)) if cancelled else None,
        "Refunded Amount": f"{price if refunded else 0:.2f}",
        "Source": order.channel,
    }


def _stamp(at: datetime) -> str:
    """Return a time with the shop's offset, which is another one in summer."""
    return f"{at:%Y-%m-%d %H:%M:%S} {'-0700' if summer(at.date()) else '-0800'}"
