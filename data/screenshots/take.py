#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Takes the pictures of the metainfo file from the running application, as a
user sees it. Build with -Dprofile=default, install, then: take.py PREFIX"""

import pathlib
import re
import subprocess
import sys

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here.parents[1] / 'tests/e2e'))
from languages import fresh  # noqa: E402
from session import Session, afternoon_zone, wait_for  # noqa: E402

LETTER = '''Dear Marcus,

Thank you for showing me how your team moved order intake to an event queue. Replaying a day of orders in the test bench stayed with me.

At Bramble I built a similar replay tool, and it cut the time to find a fault from hours to minutes. I would enjoy doing that work with your team.

I remain very interested in the position.

Kind regards,
Sam Verhoeven
'''


def main():
    with Session(sys.argv[1], zone=afternoon_zone(10), keyring='unlocked', notifications=False, size='1280x900') as s:
        file = s.home / 'six.json'
        file.write_text(fresh((here.parents[1] / 'tests/ui/data/six.json').read_text()))
        s.run(['afterword', f'--import={file}'])
        port, ca, _ = s.start_mail_server()
        s.run(['afterword', '--add-account=sam@verhoeven.example', f'--server=smtp://localhost:{port}', '--name=Sam Verhoeven', f'--ca={ca}'],
              input='correct horse\n')
        s.spawn(['afterword'], name='afterword')
        import screen

        def shoot(name):
            window = s.run(['xdotool', 'getactivewindow']).stdout.strip()
            s.screenshot(here / f'{name}.png', window)
            subprocess.run(['mogrify', '-strip', '-define', 'png:compression-level=9', here / f'{name}.png'], check=True)

        screen.see('Overdue', timeout=60)
        screen.activate_window('Afterword')
        # The question about reminders is answered, so that the page is what it is every day.
        screen.click('button', re.compile('^Choose'))
        screen.click('button', re.compile('Not Now'))
        screen.gone('button', re.compile('^Choose'))
        screen.activate_window('Afterword')
        shoot('today')
        screen.keys('ctrl+3')
        screen.see('Where Your Applications Stand')
        shoot('overview')
        screen.keys('ctrl+1', 'alt+Down', 'alt+Down', 'alt+Down')
        screen.see('Add Round')
        shoot('interview')
        screen.keys('ctrl+1')
        screen.see('Overdue')
        s.run(['gdbus', 'call', '--session', '--dest', 'app.afterword.Afterword', '--object-path', '/app/afterword/Afterword', '--method',
               'org.gtk.Actions.Activate', 'compose', "[<('hf', 'thank-you/hf-marcus/hf-1')>]", '{}'])
        editor = screen.find('entry', re.compile('^Message to '), timeout=40)
        screen.set_text(screen.find('entry', re.compile('^Subject')), 'Thank you for the talk about order intake')
        screen.set_text(editor, LETTER)
        screen.activate_window('Thank-You')
        wait_for('the checks', lambda: re.search('Takes up', screen.words_on_screen()), 30)
        shoot('message')


if __name__ == '__main__':
    main()
