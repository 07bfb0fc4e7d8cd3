"""A phone that loses its network, and what it keeps meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol, Self

from playwright.sync_api import Browser, Page

from tests.support.wire import Wire

from .phone import GO_ON, Phone, phone

READY = """async () => {
  const kept = async () => caches.has('heard-offline')
    && (await (await caches.open('heard-offline')).keys()).some(
      ({ url }) => url.includes('offline-shell') && url.includes(`lang=${document.documentElement.lang}&`));
  while (!navigator.serviceWorker.controller || !(await kept())) await new Promise(r => setTimeout(r, 20));
}"""
ON_SHELF = """shelf => new Promise((resolve, reject) => {
  const request = indexedDB.open('heard', 1);
  request.onerror = () => reject(request.error);
  request.onsuccess = () => {
    const all = request.result.transaction(shelf).objectStore(shelf).getAll();
    all.onsuccess = () => { request.result.close(); resolve(all.result); };
  };
})"""
PUT_BACK = """([shelf, record]) => new Promise((resolve, reject) => {
  const request = indexedDB.open('heard', 1);
  request.onsuccess = () => {
    const change = request.result.transaction(shelf, 'readwrite');
    change.objectStore(shelf).put(record);
    change.oncomplete = () => { request.result.close(); resolve(); };
    change.onerror = () => reject(change.error);
  };
})"""


class Traveller(Phone):
    """Someone on a train: `wire` is their network."""

    wire: Wire

    def visits(self, slug: str = "story", lang: str = "en") -> Self:
        """With a network, and long enough for the phone to keep what it needs."""
        self.opens(f"/s/{slug}?lang={lang}")
        self.page.evaluate(READY)
        return self

    def loses_the_network(self) -> Self:
        self.wire.cut()
        return self

    def finds_a_network(self) -> Self:
        self.wire.up()
        self.page.evaluate("() => dispatchEvent(new Event('online'))")
        return self

    def is_at(self, step: str) -> Self:
        self.page.wait_for_function("step => history.state?.step === step", arg=step)
        return self

    def goes_on_to(self, step: str) -> Self:
        self.page.locator(GO_ON).first.click()
        return self.is_at(step)

    def reads(self, heading: str) -> Self:
        self.page.get_by_role("heading", name=heading, level=1).wait_for()
        return self

    def shelf(self, name: str) -> list[dict[str, Any]]:
        return list(self.page.evaluate(ON_SHELF, name))

    def waits_until(self, is_so: Callable[[list[dict[str, Any]]], bool]) -> None:
        """Until it is so of what waits on this phone."""
        for _look in range(400):
            if is_so(self.shelf("outbox")):
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"still: {[(each['state'], each['tries']) for each in self.shelf('outbox')]}")

    def put(self, name: str, record: dict[str, Any]) -> None:
        self.page.evaluate(PUT_BACK, [name, record])

    def another_tab(self) -> Page:
        return self.context.new_page()


class NewTraveller(Protocol):
    def __call__(self, **kinds: Any) -> AbstractContextManager[Traveller]: ...


@contextmanager
def traveller(browser: Browser, wire: Wire, **kinds: Any) -> Iterator[Traveller]:
    with phone(browser, wire.url, kind=Traveller, **kinds) as held:
        assert isinstance(held, Traveller)
        held.wire = wire
        held.loses_network = True
        yield held
