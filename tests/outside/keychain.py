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

    def in_keychain(*words, command=ctl):
        # An unlocked keyring on a bus of its own; it ends with the bus.
        script = 'printf "keyring\\n" | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"'
        return run(["dbus-run-session", "--", "sh", "-c", script, "sh", *command, *words])

    served = None
    try:
        code = run(server + ["hospital", "add", "Hill"]).stdout.strip().splitlines()[-1]
        served = subprocess.Popen(server, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(1)
        made = run(ctl + ["init", "--hospital", "Hill", "--branch", "Main", "--timezone", "UTC", "--currency", "USD", "--admin", "admin"])
        assert made.returncode == 0, made.stderr

        none = run(ctl + ["enrol", code])
        assert none.returncode == 1 and "keychain" in none.stderr, (none.returncode, none.stderr)

        # The file is sealed from its first byte. Without a keychain a password opens it, nobody's does not; the first
        # start with one puts the key into it, and from then on it opens by itself.
        nobody = [word for word in ctl if word not in ("--user", "admin", "--password-file", str(place / "password"))]

        def verified(command):
            return run(command + ["verify"]).returncode

        def in_keychain_without_user(*words):
            return in_keychain(*words, command=nobody)

        assert not (place / "pc" / "clinic.db").read_bytes().startswith(b"SQLite format 3")
        assert verified(ctl) == 0 and verified(nobody) == 3
        assert in_keychain_without_user("verify").returncode == 3  # it has not been told yet
        assert in_keychain("verify").returncode == 0
        assert in_keychain_without_user("verify").returncode == 0
        # Another keyring in its place, locked or lost: the password is enough.
        keyrings = place / "data" / "keyrings"
        keyrings.rename(place / "kept")
        keyrings.mkdir(mode=0o700)
        assert in_keychain_without_user("verify").returncode == 3
        assert in_keychain("verify").returncode == 0
        shutil.rmtree(keyrings)
        (place / "kept").rename(keyrings)
        # A new key for the file: the keychain and the key file follow.
        sealed = in_keychain("seal")
        assert sealed.returncode == 0, sealed.stdout + sealed.stderr
        assert in_keychain_without_user("verify").returncode == 0
        assert verified(ctl) == 0
        # One of the two key files lost: the other opens, and makes it anew.
        keys = place / "pc" / "clinic.db.keys"
        second = place / "pc" / "clinic.db.keys.copy"
        keys.unlink()
        assert verified(ctl) == 0
        assert keys.read_bytes() == second.read_bytes()
        # Both lost, the keychain there: they are made again with the next sign-in.
        keys.unlink()
        second.unlink()
        assert verified(ctl) == 5 or verified(ctl) == 3
        assert in_keychain_without_user("verify").returncode == 0
        assert in_keychain("patients", "find", "x").returncode == 0
        assert verified(ctl) == 0

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
