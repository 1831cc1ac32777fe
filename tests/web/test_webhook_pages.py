"""Webhooks, as a browser has them; what they post arrives at a receiver beside the tests."""

import re
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from playwright.sync_api import Page, expect

from web.accessibility import require_accessible
from web.sites import Calls


class _Receiver(BaseHTTPRequestHandler):
    """Refuses whatever is posted to /refuse, and takes the rest."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(500 if self.path == "/refuse" else 200)
        self.end_headers()
        self.wfile.write(b"not now" if self.path == "/refuse" else b"thank you")

    def log_message(self, *_: object) -> None:
        """Is silent."""


@pytest.fixture(scope="module")
def server_settings() -> Mapping[str, str]:
    return {"DAYBREAK_WEBHOOK_ADDRESSES": "127.0.0.1/32"}


@pytest.fixture(scope="module")
def receiver() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def a_webhook(api: Calls, name: str, url: str, **more: object) -> str:
    """Its id. It is told of itself only: that it was made is the first that it is told."""
    body = {"name": name, "url": url, "sign": True, "on": True, "tags": [name], **more}
    statement = {"effect": "allow", "resources": [f"webhook/*;{name}"], "actions": ["*"]}
    id: str = api.post("/api/v2/webhooks", {"statements": [statement], **body})["_id"]
    return id


def test_new_webhook__with_a_statement__is_told_what_it_allows(page: Page, api: Calls, receiver: str) -> None:
    page.goto("/settings/webhooks/new")
    page.get_by_role("textbox", name="Name").fill("chat")
    page.get_by_role("textbox", name="URL").fill(f"{receiver}/take")
    page.get_by_role("button", name="Add a statement").click()
    for field, text in [("Resources", "proj/*"), ("Actions", "*")]:
        box = page.get_by_role("combobox", name=field, exact=True)
        box.fill(text)
        box.press("Enter")
    page.get_by_role("heading", name="Create a webhook").click()
    require_accessible(page)
    page.get_by_role("button", name="Create a webhook").click()
    expect(page.get_by_role("heading", name="Nothing has been sent yet")).to_be_visible()
    require_accessible(page)
    api.post("/api/v2/projects", {"key": "told", "name": "Told"})
    row = page.get_by_role("row").filter(has_text="delivered")
    expect(row.first).to_contain_text("thank you")
    page.goto("/settings/webhooks")
    expect(page.get_by_role("row").filter(has_text="chat")).to_contain_text(
        "Allows every action on all projects"
    )
    require_accessible(page)


def test_new_webhook__to_an_address_inside__says_why_not_beside_the_url(
    page: Page, tolerated: list[str]
) -> None:
    tolerated.append("400 (Bad Request)")
    page.goto("/settings/webhooks/new")
    page.get_by_role("textbox", name="URL").fill("http://10.0.0.1/")
    page.get_by_role("button", name="Create a webhook").click()
    expect(page.get_by_role("textbox", name="URL")).to_have_attribute("aria-invalid", "true")


def test_webhook__turned_off__is_reviewed_first(page: Page, api: Calls, receiver: str) -> None:
    id = a_webhook(api, "quiet", f"{receiver}/take")
    page.goto(f"/settings/webhooks/{id}")
    page.get_by_role("switch", name="Send entries").click()
    page.get_by_role("button", name="Review and save").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Turn it off: what waits to be sent is forgotten")
    require_accessible(page)
    dialog.get_by_role("button", name="Save the change").click()
    expect(page.get_by_text("The webhook is changed")).to_be_visible()
    assert api.get(f"/api/v2/webhooks/{id}")["on"] is False


def test_webhook__receiver_refuses__tells_the_answer_and_the_next_attempt(
    page: Page, api: Calls, receiver: str
) -> None:
    id = a_webhook(api, "stubborn", f"{receiver}/refuse")
    page.goto(f"/settings/webhooks/{id}")
    row = page.get_by_role("row").filter(has_text="waiting")
    expect(row).to_contain_text("500 in")
    expect(row).to_contain_text("not now")
    expect(row).to_contain_text("next attempt")
    require_accessible(page)


def test_delivery__sent_again__arrives_once_more(page: Page, api: Calls, receiver: str) -> None:
    id = a_webhook(api, "again", f"{receiver}/take")
    page.goto(f"/settings/webhooks/{id}")
    delivered = page.get_by_role("row").filter(has_text="delivered")
    expect(delivered).to_have_count(1)
    page.get_by_role("button", name=re.compile("^Send the entry of")).first.click()
    expect(page.get_by_text("It is sent again, after all that waits")).to_be_visible()
    # That it was sent again is an entry too.
    expect(delivered).to_have_count(3)
    page.get_by_role("link", name="What was sent").last.click()
    expect(page.get_by_role("listitem").filter(has_text="the webhook").first).to_be_visible()


def test_webhook__deleted__after_its_name_is_typed(page: Page, api: Calls, receiver: str) -> None:
    id = a_webhook(api, "finished", f"{receiver}/take")
    page.goto(f"/settings/webhooks/{id}")
    page.get_by_role("button", name="Delete the webhook").click()
    page.get_by_label("Type finished to confirm").fill("finished")
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page).to_have_url(re.compile("/settings/webhooks$"))
    expect(page.get_by_role("row").filter(has_text="finished")).to_have_count(0)


def test_webhook__looked_at_by_a_reader__tells_no_secret(
    reader_page: Page, api: Calls, receiver: str
) -> None:
    id = a_webhook(api, "looked-at", f"{receiver}/take")
    reader_page.goto(f"/settings/webhooks/{id}")
    expect(reader_page.get_by_text(f"{receiver}/take")).to_be_visible()
    expect(reader_page.get_by_label("Secret")).to_have_count(0)
    expect(reader_page.get_by_role("button", name="Delete the webhook")).to_be_disabled()
    require_accessible(reader_page)
