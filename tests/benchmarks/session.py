"""A reader without a browser: one real session of the page, in Streamlit's own messages."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import asdict
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.TextInput_pb2 import TextInput
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from neuron.core.dynamics import dynamics_of
from neuron.state.address import from_query, to_query
from neuron.state.parameters import BY_NAME, Settings
from neuron.words.verdict import verdict

T = TypeVar("T")
PATIENCE = 60  # seconds: an answer that takes longer has been lost


class WrongAnswerError(Exception):
    """The page raised, or shows what is not this session's."""


class Session:
    """One session; what it is answered is checked against its own settings, bit for bit."""

    def __init__(self, socket: ClientConnection, settings: Settings) -> None:
        self.socket = socket
        self.settings = settings
        self.query = urlencode(to_query(settings), doseq=True)
        self.fields: dict[str, TextInput] = {}  # by their label
        self.typed: dict[str, str] = {}  # what was typed, by the field's id
        self.kept: dict[str, ForwardMsg] = {}  # large messages: the same is not sent twice

    async def arrive(self) -> float:
        """Open the page at the address of the settings; the seconds until it is complete.

        Raises WrongAnswerError when the page is not what these settings give; so does `set_alpha`.
        """
        return await self._ask()

    async def set_alpha(self, alpha: float) -> float:
        """Type another alpha; the seconds until the page is complete."""
        self.typed[self.fields["Alpha"].id] = repr(alpha)
        query = to_query(self.settings) | {"alpha": [repr(alpha)]}
        self.settings, refused = from_query(query)
        assert not refused
        return await self._ask()

    async def _ask(self) -> float:
        message = BackMsg()
        message.rerun_script.query_string = self.query
        for name, text in self.typed.items():
            message.rerun_script.widget_states.widgets.add(id=name, string_value=text)
        asked = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        payload, query = await asyncio.wait_for(self._answer(), PATIENCE)
        seconds = time.perf_counter() - asked
        if not shows(json.loads(payload), self.settings):
            raise WrongAnswerError(f"the stage shows another run than that of {self.settings}")
        if query is not None:
            self.query = query
            if parse_qs(query) != to_query(self.settings):
                raise WrongAnswerError(f"the address is {query}, not that of {self.settings}")
        return seconds

    async def _answer(self) -> tuple[str, str | None]:
        """What the stage is sent, and the query of the address, if it is written."""
        payload = ""
        query: str | None = None
        while True:
            received = await self.socket.recv()
            assert isinstance(received, bytes)
            said = ForwardMsg.FromString(received)
            if said.HasField("ref_hash"):
                said = self.kept[said.ref_hash]
            elif said.metadata.cacheable:
                self.kept = {said.hash: said}  # the last one is enough: it is the run
            kind = said.WhichOneof("type")
            if kind == "page_info_changed":
                query = said.page_info_changed.query_string
            elif kind == "script_finished":
                if said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                    return payload, query
                raise WrongAnswerError(f"the page ended with {said.script_finished}")
            elif kind == "delta" and said.delta.HasField("new_element"):
                element: Element = said.delta.new_element
                if element.HasField("exception"):
                    raise WrongAnswerError(f"the page shows {element.exception}")
                if element.HasField("text_input"):
                    self.fields[element.text_input.label] = element.text_input
                elif element.bidi_component.component_name == "neuron_stage":
                    payload = json.loads(element.bidi_component.json)["payload"]


def shows(payload: dict[str, Any], settings: Settings) -> bool:
    """Whether the stage trains with exactly these numbers, and what it says is of that run."""
    run = settings.run()
    return bool(
        payload["numbers"] == {name: getattr(settings, name) for name in BY_NAME}
        and payload["more"] == [asdict(example) for example in settings.more]
        and payload["test"] == [asdict(example) for example in settings.test]
        and payload["verdict"]["why"] == verdict(dynamics_of(run), run).why
    )


@asynccontextmanager
async def visit(url: str, settings: Settings) -> AsyncIterator[Session]:
    """A session at the page's address ``url``."""
    async with connect(
        url.replace("http", "ws", 1) + "_stcore/stream",
        origin=Origin(url.rstrip("/")),
        subprotocols=[Subprotocol("streamlit")],
        max_size=None,
        proxy=None,
    ) as socket:
        session = Session(socket, settings)
        await session.arrive()
        yield session


def complete(work: Coroutine[Any, Any, T]) -> T:
    """Do asynchronous work in a thread of its own: a test's may have a browser's loop running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
