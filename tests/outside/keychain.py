#!/usr/bin/env python3
# SPDX-FileCopyrightText: ClinicDesk contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A PC keeps its keys in a real keychain, and does not pretend where there is none.

Usage: keychain.py DIRECTORY-OF-PROGRAMS
"""
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main():
    bin_dir = pathlib.Path(sys.argv[1])
    place = pathlib.Path(tempfile.mkdtemp(prefix="clinicdesk-keychain-"))
    env = {k: v for k, v in os.environ.items() if k not in ("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY")}
    for name in ("home", "run", "data/keyrings"):
        (place / name).mkdir(parents=True, mode=0o700)
    env.update(HOME=str(place / "home"), XDG_RUNTIME_DIR=str(place / "run"), XDG_DATA_HOME=str(place / "data"),
               QT_LOGGING_RULES="clinic.*=false", QT_QPA_PLATFORM="offscreen", CLINICDESK_TEST="1")
    (place / "password").write_text("three green apples\n")
    address = f"127.0.0.1:{free_port()}"
    server = [str(bin_dir / "clinicdesk-server"), "--data", str(place / "server"), "--plain-http", "--listen", address]
    ctl = [str(bin_dir / "clinicdeskctl"), "--data", str(place / "pc"), "--user", "admin", "--password-file", str(place / "password")]

    def run(command, **more):
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=120, **more)

    def in_keychain(*words):
        # An unlocked keyring on a bus of its own; it ends with the bus.
        script = 'printf "keyring\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'
        return run(["dbus-run-session", "--", "sh", "-c", script, "sh", *ctl, *words])

    served = None
    try:
        code = run(server + ["hospital", "add", "Hill"]).stdout.strip().splitlines()[-1]
        served = subprocess.Popen(server, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(1)
        made = run(ctl + ["init", "--hospital", "Hill", "--branch", "Main", "--timezone", "UTC", "--currency", "USD", "--admin", "admin"])
        assert made.returncode == 0, made.stderr

        none = run(ctl + ["enrol", code])
        assert none.returncode == 1 and "keychain" in none.stderr, (none.returncode, none.stderr)

        # Nothing was sent: the same code is still good.
        enrolled = in_keychain("enrol", code)
        assert enrolled.returncode == 0, enrolled.stdout + enrolled.stderr
        synced = in_keychain("sync")
        assert synced.returncode == 0, synced.stdout + synced.stderr
        again = in_keychain("sync")  # the rotated token was kept
        assert again.returncode == 0, again.stdout + again.stderr

        # Keys that are gone are said to be gone, and nothing else breaks.
        lost = run(ctl + ["sync"])
        assert lost.returncode == 3, (lost.returncode, lost.stdout)
        assert run(ctl + ["verify"]).returncode == 0
        secret = b"signSecret"
        for file in (place / "pc").rglob("*"):
            assert not file.is_file() or secret not in file.read_bytes(), file
        print("keychain: kept, rotated, missed and said so")
    finally:
        if served:
            served.terminate()
            served.wait(20)
        shutil.rmtree(place, ignore_errors=True)


main()
