"""What pip-audit found, judged: a report that tells of nothing is no clean bill.

Where the registry has no advisories (an inner mirror) pip-audit skips every package and still says that all is well.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

WELL, WEAK, NOT_DONE = 0, 1, 3


def judged(report: dict[str, Any]) -> tuple[int, list[str]]:
    """How it ends, and what is said."""
    packages = report["dependencies"]
    skipped = [each["name"] for each in packages if "skip_reason" in each]
    weak = [
        f"{each['name']} {each['version']}: {found['id']}, mended in {', '.join(found['fix_versions']) or 'no version yet'}"
        for each in packages
        for found in each.get("vulns", [])
    ]
    asked = len(packages) - len(skipped)
    if weak:
        return WEAK, ["audit: known weaknesses", *weak]
    if not asked:
        return NOT_DONE, [
            f"audit: NOT DONE, nothing is told of any of {len(packages)} packages by the registry used here"
        ]
    said = [f"audit: {asked} packages, no known weakness"]
    if skipped:
        return NOT_DONE, [*said, f"audit: NOT DONE for {', '.join(skipped)}: nothing is told of them"]
    return WELL, said


def main(path: Path) -> int:
    """The report is missing when the registry cannot be reached at all."""
    try:
        ending, said = judged(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError):
        ending, said = (
            NOT_DONE,
            ["audit: NOT DONE, the registry or its advisories cannot be reached from here"],
        )
    sys.stdout.write("\n".join(said) + "\n")
    is_wanted = os.environ.get("AUDIT") == "required"
    return ending if ending is not NOT_DONE or is_wanted else WELL


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
