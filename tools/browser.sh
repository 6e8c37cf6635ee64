#!/bin/sh
# Make sure that a browser is there for the browser tests: browser.sh PYTHON
# A system browser comes first; what is missing is installed, and whatever fails is one line that says what to do.
set -u
python=${1:-python3}

for name in chromium chromium-browser google-chrome google-chrome-stable; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
for place in "/Applications/Google Chrome.app" "/Applications/Chromium.app"; do
  [ -d "$place" ] && exit 0
done
# Playwright's own browser, from an earlier run; its path is asked of Playwright itself.
own='from playwright.sync_api import sync_playwright as s
import os, sys
with s() as p: sys.exit(not os.path.exists(p.chromium.executable_path))'
"$python" -c "$own" >/dev/null 2>&1 && exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
  as_root="sudo -n"
  $as_root true 2>/dev/null || as_root=none
fi

if [ "$(uname -s)" = Linux ] && command -v apt-get >/dev/null 2>&1 && [ "$as_root" != none ]; then
  echo "Installing the browser for the browser tests …" >&2
  export DEBIAN_FRONTEND=noninteractive
  # shellcheck disable=SC2086  # as_root is empty or two words
  $as_root apt-get update -qq >/dev/null &&
    $as_root apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk >/dev/null &&
    command -v chromium >/dev/null 2>&1 && exit 0
fi

echo "Downloading a browser for the browser tests …" >&2
"$python" -m playwright install chromium >/dev/null && exit 0
echo "The browser tests need Chromium: install it (Debian: sudo apt-get install chromium), then make test again." >&2
exit 1
