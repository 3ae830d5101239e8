"""Posts: engagements as their network counts them, video minutes, links and followers of the day."""

from __future__ import annotations

import numpy as np

from kpi.facts.assemble import Facts, assemble
from kpi.model.owner import Owner
from kpi.model.reading import Reading
from tests.made import reading

AT = ["2025-11-05T10:00:00", "2025-11-20T10:00:00"]


def facts(*files: Reading) -> Facts:
    return assemble(files, (Owner(),))


def values(rows: dict[str, list[object]], **table: object) -> dict[str, list[float]]:
    found = facts(reading("posts", {"at": AT, **rows}, **table)).daily["posts"]
    return {name: value.tolist() for name, value in found.values.items()}


def test_engagements_of_the_file_are_stronger_than_their_sum() -> None:
    kinds = {"reactions": [1, 2], "comments": [1, 1], "shares": [1, 1]}
    assert values(kinds, network="vk")["engagements"] == [3, 4]
    assert values(kinds | {"engagements": [9, 9]}, network="vk")["engagements"] == [9, 9]


def test_rows_of_an_unknown_network_count_what_every_network_has() -> None:
    kinds = {"reactions": [1, 2], "comments": [1, 1], "shares": [1, None], "saves": [50, 50]}
    found = values(kinds)["engagements"]
    assert found[0] == 3
    assert np.isnan(found[1])


def test_watched_seconds_are_told_or_the_mean_times_the_plays() -> None:
    seconds = {"average_watch_seconds": [4, 5], "video_seconds": [10, 20]}
    by_views = values(seconds | {"views": [100, 10]})
    by_starts = values(seconds | {"views": [100, 10], "video_starts": [50, 8]})
    assert (by_views["watch_seconds"], by_views["watchable_seconds"]) == ([400, 50], [1000, 200])
    assert (by_starts["watch_seconds"], by_starts["watchable_seconds"]) == ([200, 40], [500, 160])
    assert values(seconds | {"views": [100, 10], "watch_seconds": [7, 8]})["watch_seconds"] == [7, 8]


def test_a_post_carries_a_link_by_clicks_by_text_or_by_format() -> None:
    rows = {"at": [f"2025-11-0{day}T10:00:00" for day in (1, 2, 3, 4)], "link_clicks": [3, 0, 0, None]}
    words = {"text": ["hi", "see https://x.test", None, "hi"], "format": ["photo", "photo", "link", "photo"]}
    linked = facts(reading("posts", rows | words)).daily["link_posts"]
    assert linked.row.tolist() == [2, 3, 4]
    plain = facts(reading("posts", rows | {"format": ["photo"] * 4})).daily["link_posts"]
    assert plain.row.tolist() == [2]
    assert facts(reading("posts", rows)).daily["link_posts"].row.tolist() == [2]


def test_without_clicks_no_post_is_known_to_carry_a_link() -> None:
    rows = {"at": AT, "reach": [1, 2], "text": ["https://x.test", "hi"]}
    assert "link_posts" not in facts(reading("posts", rows)).daily


def followed(**account: object) -> list[float]:
    posts = reading("posts", {"at": AT, "reach": [1, 2]}, network="vk", account="cafe")
    levels = {"date": ["2025-11-04", "2025-11-12"], "followers": [100.0, 200.0], "views": [1.0, 1.0]}
    daily = facts(
        posts, reading("account", levels | account, file="a.csv", network="vk", account="cafe")
    ).daily
    return daily["posts"].values.get("followers_at_post", np.zeros(0)).tolist()


def test_the_followers_of_a_post_s_day_are_the_last_count_of_a_week_at_most() -> None:
    fresh = followed()
    assert fresh[0] == 100
    assert np.isnan(fresh[1]), "the last count is eight days old"
    assert followed(date=["2025-11-04", "2025-11-13"]) == [100, 200]


def test_an_account_that_tells_no_count_gives_a_post_none() -> None:
    assert np.isnan(followed(followers=[None, None])).all()


def test_a_count_of_another_account_is_not_the_post_s() -> None:
    posts = reading("posts", {"at": AT, "reach": [1, 2]}, network="vk", account="cafe")
    other = {"date": ["2025-11-04"], "followers": [100.0]}
    daily = facts(posts, reading("account", other, file="a.csv", network="vk", account="bar")).daily
    assert np.isnan(daily["posts"].values["followers_at_post"]).all()


def test_posts_keep_the_count_that_their_own_file_tells() -> None:
    rows = {"at": AT, "followers_at_post": [7.0, 8.0]}
    levels = {"date": ["2025-11-04"], "followers": [100.0]}
    both = facts(reading("posts", rows), reading("account", levels, file="a.csv"))
    assert both.daily["posts"].values["followers_at_post"].tolist() == [7, 8]


def test_posts_are_the_same_by_their_address_where_they_have_no_id() -> None:
    old = reading("posts", {"at": AT[:1], "url": ["x.test/1"], "reach": [5]}, file="old.csv")
    new = reading("posts", {"at": AT, "url": ["x.test/1", None], "reach": [8, 1]}, file="new.csv")
    assert facts(old, new).daily["posts"].values["reach"].tolist() == [8, 1]
