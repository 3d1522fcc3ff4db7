"""The page of lifecycles explained: to people as text, tables and diagrams, to other programs as SCXML and JSON."""

from workflow.explain.document import as_document
from workflow.explain.markdown import as_markdown
from workflow.explain.mermaid import as_mermaid
from workflow.explain.scxml import as_scxml
from workflow.explain.text import as_text

__all__ = ["as_document", "as_markdown", "as_mermaid", "as_scxml", "as_text"]
