"""What the cube knows of networks, accounts and tables."""

from __future__ import annotations

from kpi.catalog.loader import kpis
from kpi.facts.assemble import assemble
from kpi.metrics.cubes import Cube, cube
from kpi.model.owner import Owner
from kpi.model.reading import Reading
from tests.made import reading

AT = {"at": ["2025-11-05T10:00:00"], "reach": [5], "reactions": [1]}


def cubed(*files: Reading) -> Cube:
    return cube(assemble(files, (Owner(),)), kpis().values())


def test_a_cube_names_the_networks_and_accounts_of_its_rows() -> None:
    found = cubed(
        reading("posts", AT, file="a.csv", network="vk", account="cafe"),
        reading("posts", AT, file="b.csv", network="instagram", account="shop"),
        reading("posts", AT, file="c.csv"),
    )
    assert found.networks == ("instagram", "vk")
    assert found.accounts == (("instagram", "shop"), ("vk", "cafe"))


def test_an_unnamed_copy_takes_no_name_away() -> None:
    for files in (("a.csv", "z.csv"), ("z.csv", "a.csv")):
        named = reading("posts", AT, file=files[0], network="vk", account="cafe")
        found = cubed(named, reading("posts", AT, file=files[1]))
        assert found.accounts == (("vk", "cafe"),)


def test_rows_without_a_name_are_of_no_network_and_no_account() -> None:
    found = cubed(reading("posts", AT))
    assert found.segments("posts") == (("", "", ""),)
    assert (found.networks, found.accounts) == ((), ())


def test_a_table_that_no_file_has_has_no_segments() -> None:
    assert cubed(reading("posts", AT)).segments("ads") == ()


def test_a_field_that_is_only_added_up_needs_no_track() -> None:
    tracks = cubed(reading("posts", AT)).tracks
    assert [one.value.tolist() for one in tracks["posts.reach"]] == [[5]]
    assert "posts.reactions" not in tracks
