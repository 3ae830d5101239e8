"""What part of the data is looked at: network, account, currency, format of posts; None means all."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A filter by network, account and currency of amounts.

    By `format` posts alone can be told, all else is unknown then.
    """

    network: str | None = None
    account: str | None = None
    currency: str | None = None
    format: str | None = None

    def shows(self, network: str, account: str, currency: str = "") -> bool:
        """Return whether rows of this network and account are in view; `currency` is that of their money."""
        return self.network in {None, network} and self.account in {None, account} and self.counts(currency)

    def counts(self, currency: str) -> bool:
        """Return whether rows with money of a currency are in view; rows without money always are."""
        return not currency or self.currency in {None, currency}

    def concerns(self, network: str, account: str) -> bool:
        """Return whether a file of this network and account may hold such rows; unnamed ones may."""
        return self.shows(network or self.network or "", account or self.account or "")


EVERYTHING = View()
