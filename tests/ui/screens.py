#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Photographs every window, dialog and popover, light, dark and 400 px wide, for
looking at: screens.py BUILD-FOLDER [FOLDER]. Not a test; the walk itself is one
(test-tour.c). What words are cut off is listed in cut-off.txt beside them."""

import os
import pathlib
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent


def main():
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    build = pathlib.Path(sys.argv[1]).resolve()
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) == 3 else build / 'screenshots' / 'tour').resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob('*.png'):
        old.unlink()
    # High enough for a whole page in one picture.
    environment = dict(os.environ, AW_SHOTS=str(folder), AW_SCREEN='1280x4000x24', GSETTINGS_SCHEMA_DIR=str(build / 'data'),
                       G_TEST_SRCDIR=str(here.parent), G_TEST_BUILDDIR=str(build / 'tests'))
    done = subprocess.run([here / 'under-x.py', build / 'tests' / 'ui' / 'test-tour', '-k'], env=environment, capture_output=True, text=True)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if 'DEBUG' not in line]
    (folder / 'cut-off.txt').write_text('\n'.join(sorted({line.lstrip('# ') for line in lines if ': cut off: ' in line})) + '\n')
    print('\n'.join(line for line in lines if ': cut off: ' not in line))
    print(f'{len(list(folder.glob("*.png")))} pictures in {folder}')
    return done.returncode


if __name__ == '__main__':
    sys.exit(main())
