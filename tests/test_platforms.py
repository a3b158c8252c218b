"""Where there are no POSIX means, what needs none works, and what needs them says so in a sentence."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import SiteOnDisk

ELSEWHERE = """
import os, signal, sys

OF_OS = "O_DIRECTORY O_NOFOLLOW O_CLOEXEC O_NONBLOCK O_NOCTTY O_SYNC O_DSYNC WNOHANG fork forkpty getuid geteuid getgid"
OF_OS += " getegid killpg setsid getpgid setpgid pread pwrite preadv fchmod fchown chown lchown mkfifo mknod getloadavg"
OF_OS += " sched_getaffinity sendfile statvfs fdatasync sync uname posix_fadvise openpty ttyname nice wait wait3 wait4"
OF_SIGNAL = "pthread_sigmask pthread_kill sigwait SIGKILL SIGHUP SIGCHLD SIGALRM SIGUSR1 SIGUSR2 SIG_BLOCK SIG_UNBLOCK"
MODULES = ("fcntl", "pwd", "grp", "resource", "termios", "tty", "pty", "syslog")

for module, names in ((os, OF_OS), (signal, OF_SIGNAL + " SIG_SETMASK setitimer alarm")):
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)
os.supports_dir_fd, os.supports_fd, os.supports_follow_symlinks = set(), set(), set()


class Missing:
    def find_spec(self, name, path=None, target=None):
        if name in MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


for name in MODULES:
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Missing())
"""
"""What is not there on Windows, taken away before anything of ours is loaded."""


def run(code: str, *argv: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", ELSEWHERE + code, *argv], capture_output=True, text=True, check=False)


def command(*argv: str) -> subprocess.CompletedProcess[str]:
    return run("from feedwright.cli import main; sys.exit(main(sys.argv[1:]))", *argv)


def test_the_package_can_be_imported_and_checks_a_feed(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    code = "import feedwright, feedwright.testing; print(feedwright.check(open(sys.argv[1], 'rb').read()))"
    done = run(code, str(site.out / "atom.xml"))
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_check_and_preview_work(site: SiteOnDisk) -> None:
    site.article("a.md").build()
    feed = str(site.out / "rss.xml")
    for argv in (["check", feed], ["preview", feed, "--to", str(site.root / "to")], ["--version"]):
        done = command(*argv)
        assert (done.returncode, done.stderr) == (0, ""), argv


@pytest.mark.parametrize(
    "name", ["build", "list", "status", "ids", "prune", "schedule", "announce", "serve", "explain"]
)
def test_what_works_on_a_folder_says_that_it_needs_a_posix_system(site: SiteOnDisk, name: str) -> None:
    site.article("a.md").build()
    places = {"serve": [str(site.out)], "explain": ["a.md", str(site.content)]}
    done = command(name, *places.get(name, [str(site.content)]))
    assert done.returncode == 2
    assert "needs a POSIX system" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
