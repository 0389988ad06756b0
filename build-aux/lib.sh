# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by build-aux/run, build-aux/test and .ci/run. To be sourced, with $top set.

say() { printf '%s\n' "$*"; }
die() { printf '%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

packages_for() { # PURPOSE DISTRIBUTION
  sed -n "s/^$1 $2: //p" "$top/build-aux/packages"
}

# Installs what is missing of the given purposes; asks for sudo only if need be.
need_packages() { # PURPOSE…
  local purpose name missing='' as_root='' log
  if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
    if ! command -v meson >/dev/null || ! pkg-config --exists gtk4 libadwaita-1 gmime-3.0 2>/dev/null; then
      say "Packages can be installed here only on Debian and Ubuntu. Please install these by hand:"
      say "  Fedora: dnf install $(packages_for build fedora)"
      say "  Arch:   pacman -S $(packages_for build arch)"
      exit 1
    fi
    return 0
  fi
  for purpose in "$@"; do
    for name in $(packages_for "$purpose" debian); do
      dpkg-query -W -f '${db:Status-Status}\n' "$name" 2>/dev/null | grep -q '^installed$' || missing="$missing $name"
    done
  done
  [ -n "$missing" ] || return 0

  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "these packages are missing, and there is no sudo to install them:$missing"
    as_root=sudo
  fi
  say "Installing:$missing"
  log=$(mktemp)
  if ! { $as_root apt-get update -qq && $as_root env DEBIAN_FRONTEND=noninteractive \
         apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1 </dev/null; then
    tail -n 20 "$log" >&2
    die "the packages could not be installed; the log is $log"
  fi
  rm -f "$log"
}

# Configures the folder with the options that follow, again if they changed, and builds.
build_in() { # FOLDER OPTIONS…
  local folder=$1 log
  shift
  log=$(mktemp)
  if [ ! -f "$folder/build.ninja" ] || [ "$(cat "$folder/.options" 2>/dev/null)" != "$*" ]; then
    rm -rf "$folder"
    meson setup "$folder" "$top" "$@" >"$log" 2>&1 || { tail -n 30 "$log" >&2; die "meson could not configure the build"; }
    printf '%s' "$*" >"$folder/.options"
  fi
  if ! ninja -C "$folder" >"$log" 2>&1; then
    grep -E 'error|warning|FAILED|undefined' "$log" | head -n 30 >&2
    tail -n 10 "$log" >&2
    die "the build failed; the whole log is $log"
  fi
  rm -f "$log"
}
