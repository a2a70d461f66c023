#!/usr/bin/env python3
# SPDX-FileCopyrightText: ClinicDesk contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The list of what the programs are made of, as CycloneDX 1.5.

sbom.py VERSION OUT.json PROGRAM... -- BUILD_PACKAGE...
Shared libraries are what the loader finds for the programs; headers and static parts are the build's packages. Both are
named by the Debian package and version that is installed here.
"""
import json
import re
import subprocess
import sys
from pathlib import Path


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def libraries_of(program: str) -> set[str]:
    found = re.findall(r"=> (/\S+)", run("ldd", program))
    if not found:
        sys.exit(f"{program} needs no library? That is not how it was built.")
    return {str(Path(path).resolve()) for path in found}


def package_of(path: str) -> str:
    # Debian keeps the same file under /lib and /usr/lib.
    for name in (path, path.removeprefix("/usr")):
        answer = subprocess.run(["dpkg", "-S", name], capture_output=True, text=True)
        if answer.returncode == 0:
            return answer.stdout.split(":")[0]
    sys.exit(f"{path} belongs to no package")


def component(package: str, scope: str) -> dict:
    version, source = run("dpkg-query", "-W", "-f=${Version}\t${source:Package}\n", package).splitlines()[0].split("\t")
    return {
        "type": "library",
        "name": package,
        "version": version,
        "scope": scope,
        "purl": f"pkg:deb/debian/{package}@{version}",
        "properties": [{"name": "debian:source", "value": source}],
    }


def main() -> None:
    version, out, *rest = sys.argv[1:]
    programs, build = rest[: rest.index("--")], rest[rest.index("--") + 1 :]
    loaded = {package_of(path) for program in programs for path in libraries_of(program)}
    loaded |= {package for package in build if package.startswith("lib") and not package.endswith("-dev")}  # plugins
    headers = {package for package in build if package.startswith("lib") and package.endswith("-dev")}
    components = [component(package, "required") for package in sorted(loaded)]
    components += [component(package, "excluded") for package in sorted(headers - loaded)]
    bom = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": {"type": "application", "name": "clinicdesk", "version": version,
                          "licenses": [{"license": {"id": "GPL-3.0-or-later"}}]}
        },
        "components": components,
    }
    Path(out).write_text(json.dumps(bom, indent=1) + "\n", encoding="utf-8")
    print(f"{out}: {len(loaded)} libraries the programs load, {len(headers - loaded)} they are built with")


main()
