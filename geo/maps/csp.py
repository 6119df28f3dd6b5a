"""A Content-Security-Policy that allows a page its own inline scripts and styles, by their hashes, and nothing else."""

import base64
import hashlib
from collections.abc import Sequence

TILE_HOST = "https://tile.openstreetmap.org"


def content_security_policy(
    scripts: Sequence[str], styles: Sequence[str], *, images: Sequence[str] = (TILE_HOST,)
) -> str:
    """Write the policy of a page.

    Parameters
    ----------
    scripts, styles
        What stands between the tags, to the letter. Leaflet sets its styles through the object model, which a policy
        leaves alone, so that ``'unsafe-inline'`` is needed nowhere.
    images
        Hosts that images may come from, when the reader switches such a layer on.

    Returns
    -------
    str
        The policy (W3C Content Security Policy Level 3), for the ``content`` of a meta tag.
    """
    return "; ".join(
        [
            "default-src 'none'",
            " ".join(["script-src", *map(_source, scripts)]),
            " ".join(["style-src", *map(_source, styles)]),
            " ".join(["img-src", "data:", *images]),
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def _source(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
