"""What goes with a series: small documents made here, and places to read on."""

import json
from typing import Any

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from cms.demo.identifiers import identifier


def resources_json(slug: str, entries: list[dict[str, str]]) -> str:
    """What a StreamField stores."""
    return json.dumps(
        [
            {
                "type": "link" if "url" in entry else "document",
                "value": _link(entry) if "url" in entry else _document(entry),
                "id": str(identifier("resource", slug, position)),
            }
            for position, entry in enumerate(entries)
        ]
    )


def _link(entry: dict[str, str]) -> dict[str, Any]:
    return {"title": entry["title"], "url": entry["url"], "about": entry["about"]}


def _document(entry: dict[str, str]) -> dict[str, Any]:
    text = entry["text"].strip() + "\n"
    document = get_document_model()(title=entry["title"])
    document.file.save(entry["file"], ContentFile(text.encode("utf-8-sig")), save=False)
    document.file_size = document.file.size
    document.save()
    return {"document": document.pk, "title": ""}
