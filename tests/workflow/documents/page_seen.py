"""What is in a web page: read by a parser of the standard library, without the templates that wrote it."""

from html.parser import HTMLParser

TAGS = frozenset(
    {"html", "head", "meta", "title", "style", "body", "main", "article", "header", "p", "strong", "a"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "section", "dl", "div", "dt", "dd", "ul"}
    | {"ol", "li", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure", "footer", "span"}
)
ATTRIBUTES = frozenset(
    {"lang", "charset", "http-equiv", "content", "name", "class", "id"}
    | {"href", "hreflang", "scope", "role", "aria-label", "tabindex"}
)
"""All that a document without pictures is made of: nothing in it runs, loads, or leads out of the page."""


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.harm: list[str] = []
        self.text: list[str] = []
        self.within = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.within = tag
        if tag not in TAGS:
            self.harm.append(f"element: {tag}")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.harm.append(f"attribute: {name}")
            if name == "href" and not (value or "").startswith("#"):
                self.harm.append(f"address: {value}")

    def handle_data(self, data: str) -> None:
        if self.within == "style":
            self.harm += ["style: loads something"] if "url(" in data or "@import" in data else []
        else:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        self.within = ""


def _read(html: str) -> _Page:
    page = _Page()
    page.feed(html)
    page.close()
    return page


def harm_in(html: str) -> list[str]:
    """Whatever in a page could run, load or lead anywhere."""
    return _read(html).harm


def words_in(html: str) -> str:
    """All that is to be read."""
    return " ".join(" ".join(_read(html).text).split())
