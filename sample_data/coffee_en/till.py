"""What the shop itself tells: orders of its Shopify store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sample_data.chance import MONTHS, YEAR, Chance, summer
from sample_data.codes import known
from sample_data.coffee_en import meta
from sample_data.coffee_en.words import WEEK
from sample_data.layouts import Row
from sample_data.shop import Shop

_BASKETS = (
    (("House blend, 12 oz", 17.5),),
    (("Guji natural, 12 oz", 21.0), ("Enamel mug", 16.0)),
    (("House blend, 2 lb", 44.0),),
    (('Gift box "Morning"', 58.0),),
    (("Cold brew kit", 36.0),),
    (("Decaf, 12 oz", 18.0), ("Paper filters, 100", 9.0)),
    (("House blend, 2 lb", 44.0),),
    (("Subscription, three months", 58.0),),
)
# Tags of the link that the guest came by, and the discount code of the order.
_SOCIAL = (
    ("utm_source: instagram\nutm_medium: social", "INSTA10"),
    ("utm_source: instagram\nutm_medium: paid_social", "INSTA10"),
    ("utm_source: facebook\nutm_medium: social", "FB10"),
)
_OTHERS = ((None, None), (None, None), ("utm_source: google\nutm_medium: organic", "WELCOME"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Order:
    """An order placed in a `channel`: `origin` are the tags of the link that the guest came by."""

    at: datetime
    origin: str | None
    code: str | None
    basket: tuple[tuple[str, float], ...]
    channel: str = "web"


def orders(shop: Shop) -> Iterator[Row]:
    """Yield the orders' line items, newest order first, as the store exports them."""
    chance = shop.chance("orders")
    placed: list[_Order] = []
    for month in MONTHS:
        kept = shop.story.keeps("lost_orders", month)
        for many, origins in ((150 * kept, _SOCIAL), (75, _OTHERS)):
            by_day = chance.by_day(month, many * shop.size * chance.level(month), WEEK)
            dates = [day for day, count in by_day for _ in range(count)]
            chosen = chance.mix(_BASKETS, len(dates)), chance.mix(origins, len(dates))
            for day, basket, (origin, code) in zip(dates, *chosen, strict=True):
                clock = timedelta(hours=chance.random.randrange(7, 21), seconds=chance.random.randrange(3600))
                start = datetime(YEAR, day.month, day.day)  # noqa: DTZ001 -- the offset is written beside it
                placed.append(_Order(at=start + clock, origin=origin, code=code, basket=basket))
    placed = _by_post(shop, sorted(placed, key=lambda order: order.at))
    for number, order in reversed(list(enumerate(placed, start=1001))):
        yield from _lines(chance, number, order)


def _by_post(shop: Shop, placed: Iterable[_Order]) -> list[_Order]:
    """Return the orders of which some name the code of a post, and some are placed in a network's own shop.

    That shop keeps no tags of a link, and its own discount is as large.
    """
    chance, codes = shop.chance("codes"), meta.codes(shop)
    found = []
    for order in placed:
        network = next((name for name in codes if name in (order.origin or "")), None)
        named, inside = chance.random.random() < 0.3, chance.random.random() < 0.2
        if network is None:
            found.append(order)
        elif named and (code := known(codes[network], order.at.date())):
            found.append(replace(order, code=code))
        elif inside:
            found.append(replace(order, code="SHOP10", origin=None, channel=network))
        else:
            found.append(order)
    return found


def _lines(chance: Chance, number: int, order: _Order) -> Iterator[Row]:
    """Yield the line items of an order; only the first carries the order's totals."""
    full = sum(price for _, price in order.basket)
    off = round(full * 0.1, 2) if order.code else 0.0
    shipping = 0.0 if full >= 35 else 5.0
    total = round(full - off + shipping, 2)
    created = _stamp(order.at)
    fate = chance.random.random()
    cancelled, refunded = fate < 0.012, fate > 0.98
    status = "voided" if cancelled else "partially_refunded" if refunded else "paid"
    head: Row = {
        "Financial Status": status,
        "Paid at": created,
        "Fulfillment Status": "unfulfilled" if cancelled else "fulfilled",
        "Accepts Marketing": chance.random.choice(("yes", "no")),
        "Currency": "USD",
        "Subtotal": f"{full - off:.2f}",
        "Shipping": f"{shipping:.2f}",
        "Taxes": "0.00",
        "Total": f"{total:.2f}",
        "Discount Code": order.code,
        "Discount Amount": f"{off:.2f}",
        "Shipping Method": "Standard",
        "Billing City": "Madison",
        "Billing Zip": "'53703",
        "Billing Province": "WI",
        "Billing Country": "US",
        "Note Attributes": order.origin,
        "Cancelled at": _stamp(order.at + timedelta(hours=3)) if cancelled else None,
        "Payment Method": "Shopify Payments",
        "Refunded Amount": f"{order.basket[0][1] if refunded else 0:.2f}",
        "Outstanding Balance": "0.00",
        "Id": 6100000000000 + number * 37,
        "Risk Level": "Low",
        "Source": order.channel,
    }
    guest = f"guest{chance.random.randrange(1, 1400)}@example.com"
    for place, (name, price) in enumerate(order.basket):
        yield {
            "Name": f"#{number}",
            "Email": guest,
            **({} if place else head),
            "Created at": created,
            "Lineitem quantity": 1,
            "Lineitem name": name,
            "Lineitem price": f"{price:.2f}",
            "Lineitem requires shipping": "true",
            "Lineitem taxable": "false",
            "Lineitem fulfillment status": "pending" if cancelled else "fulfilled",
            "Vendor": "Copper Heron Coffee",
            "Lineitem discount": "0.00",
        }


def _stamp(at: datetime) -> str:
    """Return a time with the shop's offset, which is another one in summer."""
    return f"{at:%Y-%m-%d %H:%M:%S} {'-0500' if summer(at.date()) else '-0600'}"
