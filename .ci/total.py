"""Adds up JUnit reports and prints `N passed, N failed`; a skipped test is a failure when all must run."""

import os
import sys
from xml.etree import ElementTree


def main(files: list[str]) -> int:
    """0 when at least one test ran, none failed and, with HDND_REQUIRE_ALL=1, none was skipped."""
    count = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for file in files:
        for suite in ElementTree.parse(file).iter("testsuite"):
            for key in count:
                count[key] += int(suite.get(key, "0"))
    failed = count["failures"] + count["errors"]
    passed = count["tests"] - failed - count["skipped"]
    skipped = f", {count['skipped']} skipped" if count["skipped"] else ""
    print(f"{passed} passed, {failed} failed{skipped}")
    must_run = os.environ.get("HDND_REQUIRE_ALL") == "1"
    return int(passed == 0 or failed > 0 or (must_run and count["skipped"] > 0))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
