# SPDX-FileCopyrightText: ClinicDesk contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Drives the real program from outside, as a screen reader sees it: sign in, find a patient, book; then kills it
over an open form and finds what was typed again.

Starts its own display, session bus and window manager, and ends what it started. Usage:
desk_from_outside.py BINARY_DIR
"""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time


def outer(binaries):
    """A display and a session bus of our own, then this program again inside them."""
    with tempfile.TemporaryDirectory(prefix="clinicdesk-outside-") as home:
        runtime = os.path.join(home, "run")
        os.mkdir(runtime, 0o700)
        os.mkdir(home + "/tmp", 0o700)
        read_end, write_end = os.pipe()
        # -noreset: without it the display starts over whenever its last client leaves, as the accessibility bus does
        # just before the first window comes, and whoever connects at that moment is turned away.
        display = subprocess.Popen(
            ["Xvfb", "-noreset", "-displayfd", str(write_end), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
            pass_fds=[write_end], stderr=subprocess.DEVNULL)
        os.close(write_end)
        try:
            number = os.read(read_end, 16).decode().strip()
            environment = dict(os.environ, DISPLAY=":" + number, HOME=home, XDG_RUNTIME_DIR=runtime,
                               XDG_DATA_HOME=home + "/data", XDG_CONFIG_HOME=home + "/config",
                               QT_QPA_PLATFORM="xcb", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1",
                               QT_ACCESSIBILITY="1", NO_AT_BRIDGE="0", LC_ALL="C.UTF-8",
                               GSETTINGS_BACKEND="memory", CLINICDESK_INSIDE=home, TMPDIR=home + "/tmp")
            for name in ("WAYLAND_DISPLAY", "CLINICDESK_PROFILE", "CLINICDESK_TEST", "DBUS_SESSION_BUS_ADDRESS"):
                environment.pop(name, None)
            return subprocess.call(["dbus-run-session", "--", sys.executable, __file__, binaries], env=environment)
        finally:
            display.terminate()
            display.wait()


class Window:
    """The program's accessible tree. Everything waits: a desk is fast, a loaded test machine is not."""

    patience = 60

    def __init__(self, atspi):
        self.atspi = atspi
        self.app = None
        self.app = self.wait(self.find_app, "the program on the accessibility bus")

    def wait(self, look, what):
        deadline = time.monotonic() + self.patience
        while time.monotonic() < deadline:
            try:
                found = look()
            except Exception:  # a widget that went away while we looked at it
                found = None
            if found:
                return found
            time.sleep(0.1)
        if self.app:
            self.dump()
        raise AssertionError("waited in vain for " + what)

    def find_app(self):
        desktop = self.atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            child = desktop.get_child_at_index(i)
            if child and child.get_name() == "ClinicDesk":
                return child
        return None

    def walk(self, node=None, depth=0):
        node = node or self.app
        try:
            node.clear_cache()
            children = [node.get_child_at_index(i) for i in range(min(node.get_child_count(), 300))]
        except Exception:  # it went away while we looked
            return
        yield node, depth
        for child in children:
            if child:
                yield from self.walk(child, depth + 1)

    def dump(self):
        for node, depth in self.walk():
            if self.shows(node):
                print("  " * depth, node.get_role_name(), repr(node.get_name()), file=sys.stderr)

    def shows(self, node):
        try:
            states = node.get_state_set()
        except Exception:
            return False
        return states.contains(self.atspi.StateType.SHOWING) and states.contains(self.atspi.StateType.VISIBLE)

    def all(self, role, name):
        for node, _ in self.walk():
            if node.get_role_name() == role and self.shows(node) and name(node.get_name() or ""):
                yield node

    def one(self, role, name):
        wanted = name if callable(name) else (lambda text: text == name)
        return self.wait(lambda: next(self.all(role, wanted), None), f"{role} {name!r}")

    def press(self, role, name):
        node = self.one(role, name)
        action = node.get_action_iface()
        for i in range(action.get_n_actions()):
            if action.get_action_name(i) in ("Press", "press", "Toggle"):
                action.do_action(i)
                return
        raise AssertionError(f"nothing to press on {name}")

    def text(self, name):
        return self.atspi.Text.get_text(self.one("text", name), 0, -1)

    def click(self, node):
        box = node.get_component_iface().get_extents(self.atspi.CoordType.SCREEN)
        self.atspi.generate_mouse_event(box.x + box.width // 2, box.y + box.height // 2, "b1c")

    def type(self, name, text, role="text"):
        node = self.one(role, name)
        node.grab_focus()
        node.get_editable_text_iface().set_text_contents(text)


class Program:
    """clinicdesk on the demo clinic; every start is signed in as the clerk."""

    def __init__(self, atspi, binaries, clinic, *more):
        which = ["--data", clinic, "--profile", "testing", *more] if clinic else []
        self.process = subprocess.Popen([binaries + "/clinicdesk"] + which, stderr=subprocess.DEVNULL)
        self.window = Window(atspi)

    def sign_in(self):
        self.window.press("push button", "Clerk")
        self.window.one("label", lambda text: text.startswith("Everything is saved on this PC"))

    def end(self, how):
        self.process.send_signal(how)
        self.process.wait()
        self.window.wait(lambda: self.window.find_app() is None, "the end of the program")


def drafts_on_disk(clinic):
    with sqlite3.connect("file:" + clinic + "/clinic.db?mode=ro", uri=True) as connection:
        return connection.execute("SELECT count(*) FROM draft").fetchone()[0]


def booked_on_disk(clinic):
    """Demo files start with an empty outbox, so this counts what the test itself booked."""
    with sqlite3.connect("file:" + clinic + "/clinic.db?mode=ro", uri=True) as connection:
        return connection.execute("SELECT count(*) FROM outbox WHERE intention='book-appointment'").fetchone()[0]


def book(window):
    window.press("push button", "Book appointment")
    window.type("Patient", "botha")
    hit = window.one("list item", lambda text: "botha" in text.lower())
    name = hit.get_name().split("·")[0].strip()
    window.click(hit)
    window.wait(lambda: window.text("Patient") == name, "the choice")
    window.press("push button", lambda text: "  ·  " in text)  # the first place that is free
    window.press("push button", "Book")
    said = window.one("label", lambda text: text.startswith("Booked for"))
    print("outside:", name, "-", said.get_name())


def found_in(home, words):
    """Files below home in which one of the words stands, as UTF-8 or UTF-16."""
    hits = []
    for folder, _, names in os.walk(home):
        for name in names:
            path = os.path.join(folder, name)
            if not os.path.isfile(path) or os.path.islink(path):
                continue
            with open(path, "rb") as file:
                content = file.read()
            for word in words:
                if word.encode() in content or word.encode("utf-16-le") in content:
                    hits.append((path, word))
    return hits


def sealed_clinic(atspi, binaries, home):
    """A thief's look at everything a sealed clinic leaves behind, after a crash over an open form."""
    clinic = os.path.join(home, "sealed")
    secrets = os.path.join(home, "secrets-password")
    password = "three green apples"
    for path, text in ((secrets, "keeps the keys of this PC"), (os.path.join(home, "password"), password)):
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    subprocess.check_call(
        [binaries + "/clinicdeskctl", "--data", clinic, "init", "--hospital", "Teotihuacan Hospital", "--branch", "Main",
         "--timezone", "UTC", "--currency", "USD", "--admin", "xochimilco", "--password-file", home + "/password"],
        env=dict(os.environ, DBUS_SESSION_BUS_ADDRESS="disabled:"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.remove(home + "/password")
    program = Program(atspi, binaries, clinic, "--secrets-password-file", secrets)
    try:
        # No key for it here yet: the gate, and behind it the desk without typing the same again.
        window = program.window
        window.one("label", "This clinic is sealed")
        window.type("User name or e-mail", "xochimilco")
        window.type("Password", "not the password", "password text")
        window.press("push button", "Open")
        window.one("label", "User name or password is wrong.")
        window.type("Password", password, "password text")
        window.press("push button", "Open")
        window.one("label", lambda text: text.startswith("Everything is saved on this PC"))
        window.press("push button", "Register patient")
        window.one("text", "Family name")
        time.sleep(1)  # what signing in writes is written
        log = clinic + "/clinic.db-wal"
        before = os.stat(log).st_mtime_ns
        window.type("Family name", "Quetzalcoatl")
        window.type("Given names", "Popocatepetl")
        window.wait(lambda: os.stat(log).st_mtime_ns > before, "the draft on disk")
        program.end(signal.SIGSEGV)
        words = ["Quetzalcoatl", "quetzalcoatl", "Popocatepetl", "Teotihuacan", "xochimilco", password]
        assert not found_in(home, words), found_in(home, words)

        # The PC knows the key by now; what was typed is still there.
        program = Program(atspi, binaries, clinic, "--secrets-password-file", secrets)
        program.window.wait(lambda: program.window.text("User name or e-mail") == "xochimilco", "who was here last")
        program.window.type("Password", password, "password text")
        program.window.press("push button", "Sign in")
        program.window.press("push button", "Continue")
        program.window.wait(lambda: program.window.text("Family name") == "Quetzalcoatl", "what was typed")
        program.end(signal.SIGTERM)
    finally:
        program.process.kill()
        program.process.wait()


def inner(binaries, home):
    import gi

    gi.require_version("Atspi", "2.0")
    from gi.repository import Atspi

    clinic = os.path.join(home, "clinic")
    subprocess.check_call([binaries + "/clinicdeskctl", "--data", clinic, "demo", "--patients", "200"],
                          stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    manager = subprocess.Popen(["openbox"], stderr=subprocess.DEVNULL)
    program = None
    try:
        program = Program(Atspi, binaries, clinic)
        program.sign_in()
        book(program.window)

        # Started again, it shows the window that is there.
        assert subprocess.call([binaries + "/clinicdesk", "--data", clinic], timeout=60) == 0
        program.window.press("push button", "Search patients, screens and actions")
        program.window.one("text", "What to look for")
        Atspi.generate_keyboard_event(0xFF1B, None, Atspi.KeySynthType.SYM)
        program.window.wait(lambda: not next(program.window.all("text", lambda t: t == "What to look for"), None),
                            "the palette to close")

        # The power goes while somebody types: the draft is on Today, and in it what was typed.
        program.window.press("push button", "Register patient")
        program.window.type("Family name", "Unfinished")
        program.window.wait(lambda: drafts_on_disk(clinic) == 1, "the draft on disk")
        program.end(signal.SIGKILL)
        assert booked_on_disk(clinic) == 1, "the appointment that was said to be booked"
        program = Program(Atspi, binaries, clinic)
        program.sign_in()
        assert booked_on_disk(clinic) == 1
        program.window.press("push button", "Continue")
        program.window.wait(lambda: program.window.text("Family name") == "Unfinished", "what was typed")

        # A crash leaves a report, and the next start says so.
        program.end(signal.SIGSEGV)
        program = Program(Atspi, binaries, clinic)
        program.window.one("label", lambda text: text.startswith("ClinicDesk ended unexpectedly"))
        reports = [name for name in os.listdir(clinic + "/logs") if name.startswith("crash-")]
        assert len(reports) == 1, reports
        with open(clinic + "/logs/" + reports[0], encoding="utf-8") as report:
            text = report.read()
        assert text.startswith("ClinicDesk ") and "signal 11" in text and "Unfinished" not in text
        program.end(signal.SIGTERM)
        sound = subprocess.check_output([binaries + "/clinicdeskctl", "--data", clinic, "verify"])
        assert b"Sound" in sound, sound

        # A PC with two clinics: the other one is chosen at the login, and its banner says what it is.
        for profile in ("production", "testing"):
            subprocess.check_call([binaries + "/clinicdeskctl", "--profile", profile, "demo", "--patients", "20"],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        program = Program(Atspi, binaries, None)
        program.window.one("push button", "Clerk")
        assert not next(program.window.all("label", lambda text: text.startswith("TESTING")), None)
        program.window.click(program.window.one("combo box", "Production"))
        program.window.click(program.window.one("list item", "Testing"))
        program.window.one("label", lambda text: text.startswith("TESTING"))
        program.sign_in()
        program.end(signal.SIGTERM)
        program = None
        sealed_clinic(Atspi, binaries, home)
        return 0
    finally:
        if program:
            program.process.kill()
            program.process.wait()
        manager.terminate()
        manager.wait()


if __name__ == "__main__":
    inside = os.environ.get("CLINICDESK_INSIDE")
    sys.exit(inner(sys.argv[1], inside) if inside else outer(sys.argv[1]))
