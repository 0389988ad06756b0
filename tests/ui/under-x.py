#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a program with a display of its own and no bus: under-x.py PROGRAM [ARGUMENT…]
Without Xvfb the test is skipped (exit 77), or fails where AW_CI is set."""

import os
import shutil
import subprocess
import sys
import tempfile

if shutil.which('Xvfb') is None:
    print('Bail out! Xvfb is missing' if os.environ.get('AW_CI') else '1..0 # SKIP Xvfb is missing')
    sys.exit(1 if os.environ.get('AW_CI') else 77)

# So large that the pointer in its middle is over no window: GTK 4.8 complains of a tooltip whose window goes.
SCREEN = os.environ.get('AW_SCREEN', '2600x2100x24')

read, write = os.pipe()
server = subprocess.Popen(['Xvfb', '-displayfd', str(write), '-screen', '0', SCREEN, '-nolisten', 'tcp'],
                          pass_fds=[write], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
os.close(write)
with os.fdopen(read) as pipe:
    display = pipe.readline().strip()
try:
    with tempfile.TemporaryDirectory(prefix='aw-') as home:
        environment = dict(os.environ, DISPLAY=f':{display}', GDK_BACKEND='x11', GSK_RENDERER='cairo', GTK_A11Y='test', HOME=home,
                           XDG_DATA_HOME=f'{home}/data', XDG_CONFIG_HOME=f'{home}/config', XDG_CACHE_HOME=f'{home}/cache',
                           XDG_RUNTIME_DIR=home, DBUS_SESSION_BUS_ADDRESS='disabled:', GTK_USE_PORTAL='0', NO_AT_BRIDGE='1', GSETTINGS_BACKEND='memory')
        environment.pop('WAYLAND_DISPLAY', None)
        # Fonts and buttons as GNOME has them; there is no settings daemon here.
        os.makedirs(f'{home}/config/gtk-4.0')
        with open(f'{home}/config/gtk-4.0/settings.ini', 'w') as settings:
            settings.write('[Settings]\ngtk-font-name=Cantarell 11\ngtk-decoration-layout=:close\n')
        status = subprocess.run(sys.argv[1:], env=environment).returncode
finally:
    server.terminate()
    server.wait()
sys.exit(status if status >= 0 else 1)
