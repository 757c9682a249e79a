"""The settings in the page's address."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from neuron.state.parameters import LESSON, ONLY, PARAMETERS, STOP, Parameter, Settings
from neuron.state.reading import quoted

Query = Mapping[str, Sequence[str]]
"""An address's query: all the values given for each name."""

Chapters = Mapping[str, Settings]
"""Each chapter's own settings, by its name in the address."""

STREAMLIT = {"embed", "embed_options"}
"""Streamlit's own query parameters."""

TRACKERS = {
    *("fbclid", "gclid", "gclsrc", "gbraid", "wbraid", "dclid", "srsltid", "msclkid", "yclid"),
    *("ttclid", "twclid", "li_fat_id", "igshid", "igsh", "epik", "mc_cid", "mc_eid", "mkt_tok"),
    *(
        "_ga",
        "_gl",
        "_hsenc",
        "_hsmi",
        "_openstat",
        "vero_id",
        "oly_anon_id",
        "oly_enc_id",
        "s_cid",
    ),
}
"""Parameters that mailing tools and social networks add to links; so are all with ``utm_``."""


def base_of(chapters: Chapters, lesson: str, stop: int = 0) -> Settings:
    """A chapter's own settings at one of its stops; without a chapter, the page's defaults."""
    return replace(chapters[lesson], stop=stop) if lesson in chapters else Settings()


def from_query(query: Query, chapters: Chapters | None = None) -> tuple[Settings, list[str]]:
    """Settings from an address's query, and messages about the parts that were rejected.

    With a chapter in the address, the chapter's settings are the defaults. Valid values are used
    even if others are not; each invalid one gets a message with its name, the rule it breaks and
    what is used instead. Never raises.
    """
    chapters = chapters or {}
    refusals: list[str] = []

    def value(parameter: Parameter, instead: Any) -> Any:
        """A parameter's value from the query; an invalid one is replaced by ``instead``."""
        given = list(query.get(parameter.name, ()))
        if not given:
            return instead
        name, (text, *others) = parameter.name, given
        used = f"{name} is {parameter.write(instead)}"
        used = f"so {parameter.nothing if parameter.nothing and not instead else used}"
        if others:
            repeated = f"{quoted(text)}, {quoted(others[0])}"
            refusals.append(f"{name} is given {len(given)} times ({repeated}), {used}")
            return instead
        try:
            if parameter is STOP and not base.lesson:
                raise ValueError("only applies in a chapter")
            found, left_out = parameter.read(text)
        except ValueError as rule:
            shown = f"{name} = {quoted(text)}" if text or not parameter.always else name
            refusals.append(f"{shown} {rule}, {used}")
            return instead
        refusals.extend(f"{name}: {sentence}, so it is left out" for sentence in left_out)
        return found

    base = base_of(chapters, value(replace(LESSON, words=tuple(chapters)), ""))
    base = base_of(chapters, base.lesson, value(STOP, 0))
    rest = [parameter for parameter in PARAMETERS if parameter not in (LESSON, STOP)]
    rest[rest.index(ONLY)] = replace(ONLY, words=tuple(chapters))
    values = {
        parameter.field or parameter.name: value(parameter, parameter.of(base))
        for parameter in rest
    }
    refusals += [
        f"{quoted(name)} is not a setting of this page, so it is ignored"
        for name in query
        if not _is_known(name)
    ]
    return replace(base, **values), refusals


def to_query(settings: Settings, base: Settings | None = None) -> dict[str, list[str]]:
    """The query of the address for these settings, the inverse of `from_query`.

    base: the settings of its chapter, see `base_of`. A value is left out if it is the page's
    default, and the chapter's too.
    """
    base = base or Settings()
    return {
        parameter.name: [parameter.write(parameter.of(settings))]
        for parameter in PARAMETERS
        if parameter.always
        or parameter.of(settings) != parameter.default
        or parameter.of(base) != parameter.default
    }


def _is_known(name: str) -> bool:
    is_ours = any(name == parameter.name for parameter in PARAMETERS)
    return is_ours or name in STREAMLIT | TRACKERS or name.startswith("utm_")
