#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""systemd itself reads the agent's user unit, and finds nothing to say. unit.py
TEMPLATE AGENT_ID; prints TAP. (tests/vm/unit.py lets a user manager run it.)"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

template, agent_id = pathlib.Path(sys.argv[1]), sys.argv[2]
if not shutil.which('systemd-analyze'):
    print('1..0 # SKIP missing: systemd')
    sys.exit(0)
print('1..2')
failed = False
with tempfile.TemporaryDirectory(prefix='afterword-unit-') as folder:
    unit = pathlib.Path(folder) / f'{agent_id}.service'

    def verify(text):
        unit.write_text(text)
        done = subprocess.run(['systemd-analyze', '--user', '--man=no', 'verify', str(unit)], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              env={'PATH': os.environ['PATH'], 'HOME': folder, 'XDG_RUNTIME_DIR': folder, 'LC_ALL': 'C.UTF-8'})
        return done.returncode, done.stdout.strip()

    text = template.read_text().replace('@agent_id@', agent_id).replace('@agent_exec@', shutil.which('true'))
    code, said = verify(text)
    good = code == 0 and not said and '@' not in text
    print(f"{'ok' if good else 'not ok'} 1 - the unit holds")
    code, said = verify(text.replace('Restart=on-failure', 'Restart=sometimes'))
    noticed = 'sometimes' in said
    print(f"{'ok' if noticed else 'not ok'} 2 - and a mistake in it would be seen")
    if not (good and noticed):
        print(f'# exit {code}: ' + said.replace('\n', '\n# '))
        sys.exit(1)
