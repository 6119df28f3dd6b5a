"""A real QGIS, headless, in a process of its own: PyQGIS belongs to the system's Python (Debian: python3-qgis)."""

import json
import os
import subprocess
from pathlib import Path

import pytest

PYTHON = os.environ.get("SITMAP_QGIS_PYTHON", "/usr/bin/python3")
HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def qgis(tmp_path_factory):
    """Run a script of this folder with QGIS; gives what it prints last, as JSON."""
    runtime = tmp_path_factory.mktemp("runtime")
    runtime.chmod(0o700)
    environment = {
        "PATH": os.environ["PATH"], "HOME": str(tmp_path_factory.mktemp("home")), "LC_ALL": "C.UTF-8", "TZ": "Asia/Tokyo",
        "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(runtime),
    }  # fmt: skip

    def run(script, *args):
        command = [PYTHON, str(HERE / "scripts" / script), *map(str, args)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
        lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
        assert lines, done.stdout + done.stderr
        return json.loads(lines[-1])

    there = Path(PYTHON).exists() and subprocess.run(
        [PYTHON, "-c", "import qgis.core"], env=environment, capture_output=True, check=False
    )
    if not there or there.returncode:
        why = f"{PYTHON} has no PyQGIS (Debian: apt-get install python3-qgis qgis-providers)"
        if os.environ.get("CI"):
            pytest.fail(why)
        pytest.skip(why)
    return run
