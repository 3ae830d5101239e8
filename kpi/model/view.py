"""What part of the data is looked at: network, account, format of posts; None means all."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A filter by network and account; by `format` posts alone can be told, all else is unknown then."""

    network: str | None = None
    account: str | None = None
    format: str | None = None

    def shows(self, network: str, account: str) -> bool:
        """Return whether rows of this network and account are in view."""
        return self.network in {None, network} and self.account in {None, account}

    def concerns(self, network: str, account: str) -> bool:
        """Return whether a file of this network and account may hold such rows; unnamed ones may."""
        return self.shows(network or self.network or "", account or self.account or "")


EVERYTHING = View()
