"""What would go unseen fails a test: errors that nobody shows, requests to elsewhere, barriers."""

import pytest

from web.accessibility import require_accessible
from web.sites import Site


@pytest.mark.parametrize(
    ("script", "told"),
    [
        ("console.error('lost a key')", "lost a key"),
        ("setTimeout(() => { throw new Error('went wrong') })", "went wrong"),
        ("void Promise.reject(new Error('was broken'))", "was broken"),
        ("void fetch('/api/v2/members').catch(() => 0)", "Content Security Policy"),
        ("location.assign('/nowhere')", r"404 \(Not Found\)"),
        ("location.assign('http://127.0.0.1:9/')", r"GET http://127\.0\.0\.1:9/ leaves the server"),
    ],
)
def test_page__what_nobody_shows__fails_the_test(site: Site, script: str, told: str) -> None:
    with pytest.raises(AssertionError, match=told), site.visited() as page:  # noqa: PT012 - it ends the block
        page.goto("/sign-in")
        page.evaluate(script)
        page.wait_for_timeout(500)


def test_page__problem_that_is_meant__is_tolerated(site: Site) -> None:
    with site.visited(tolerated=["lost a key"]) as page:
        page.goto("/sign-in")
        page.evaluate("console.error('lost a key')")


def test_require_accessible__field_without_label__is_told_with_its_place(site: Site) -> None:
    with site.visited() as page:
        page.goto("/sign-in")
        page.evaluate("document.querySelector('label').remove()")
        with pytest.raises(
            AssertionError, match=r"critical: Form elements must have labels \(label\)\n  #email"
        ):
            require_accessible(page)
