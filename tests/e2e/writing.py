#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writing a message in the installed application: a note that is too close to
another one is compared with it, the keys of the window do what the shortcuts
window says, Send asks, and what is sent anyway arrives. Prints TAP."""

import argparse
import datetime
import json
import pathlib
import re
import sys

from session import SMTP_PASSWORD, SMTP_USER, Failure, Session, tell, wait_for

TEXT = '''Dear {},

Thank you for taking the time to show me how your team moved order intake to an event queue. Your point about replaying a day of orders in the test bench stayed with me, and so did the wonderfull tour.

At Bramble I built a similar replay tool, and it cut the time to find a fault from hours to minutes. I would enjoy doing that work with your team, as your Backend Developer.

Kind regards,
Sam Verhoeven
'''


def facts():
    met = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=4)
    stamp = met.strftime('%Y-%m-%dT%H:%M:%S+00:00')
    sent = (met + datetime.timedelta(hours=2)).strftime('%Y-%m-%dT%H:%M:%S+00:00')
    return {
        'format': 'afterword', 'version': 1,
        'opportunities': [{
            'id': 'o1', 'company': 'Harbor & Finch', 'role': 'Backend Developer', 'status': 'active',
            'people': [{'id': 'p1', 'name': 'Marcus Bell', 'roles': ['hiring-manager'], 'email': 'marcus.bell@harborfinch.example'},
                       {'id': 'p2', 'name': 'Aiko Tanaka', 'roles': ['hr'], 'email': 'aiko@harborfinch.example'}],
            'interviews': [{'id': 'i1', 'starts_at': stamp, 'time_zone': 'UTC', 'duration_minutes': 60, 'attendees': ['p1', 'p2'],
                            'topics': [{'person': 'p1', 'text': 'the event queue'}], 'debriefed_at': sent}],
            'touches': [{'id': 't1', 'at': sent, 'direction': 'out', 'channel': 'email', 'kind': 'thank-you', 'people': ['p2'],
                         'subject': 'Thank you', 'text': TEXT.format('Aiko')}],
        }],
    }


class Writing:
    def __init__(self, session):
        self.s = session

    def open(self):
        port, ca, self.accepted = self.s.start_mail_server()
        (self.s.home / 'facts.json').write_text(json.dumps(facts()))
        self.s.run(['afterword', '--import=facts.json'])
        self.s.run(['afterword', f'--add-account={SMTP_USER}', f'--server=smtp://localhost:{port}', '--name=Sam Verhoeven', f'--ca={ca}'],
                   input=SMTP_PASSWORD + '\n')
        self.s.spawn(['afterword'], name='afterword')
        import screen
        self.ui = screen
        screen.see('Thank Marcus Bell', timeout=60)
        screen.activate_window('Afterword')
        screen.keys('ctrl+1')
        screen.click('button', re.compile('^Write'), timeout=30)
        screen.see('Before You Send', timeout=30)
        screen.activate_window('Thank-You')

    def editor(self):
        return self.ui.find('entry', re.compile('^Message to '), timeout=30)

    def close_notes(self):
        self.ui.set_text(self.ui.find('entry', re.compile('^Subject')), 'Thank you for the talk about order intake')
        self.ui.set_text(self.editor(), TEXT.format('Marcus'))
        self.ui.see(re.compile('Close to the note for Aiko Tanaka'), timeout=30)
        self.ui.click('button', re.compile('^Compare'), timeout=30)
        self.ui.see('What both have in common is underlined', timeout=30)
        self.ui.see('To Aiko Tanaka', timeout=30)
        self.ui.see('This Message', timeout=30)
        self.ui.keys('Escape')
        wait_for('the end of Compare', lambda: 'What both have in common' not in self.ui.words_on_screen(), 30)

    def spelling(self):
        """F7 goes to the word that is misspelt."""
        self.ui.see(re.compile('“wonderfull” may be misspelt'), timeout=30)
        self.ui.activate_window('Thank-You')
        self.ui.keys('F7')

        # GTK 4.8 tells where the cursor is, not what is selected.
        def there():
            text = self.editor().queryText()
            start = text.getText(0, text.characterCount).index('wonderfull')
            return start <= text.caretOffset <= start + len('wonderfull')

        wait_for('the cursor at the misspelt word', there, 30)

    def hide_checks(self):
        self.ui.keys('F9')
        wait_for('the checks to go', lambda: 'You Talked About' not in self.ui.words_on_screen(), 30)
        self.ui.keys('F9')
        self.ui.see('You Talked About', timeout=30)

    def go_round(self):
        """F6: from the text to the checks, to the header, and back."""
        self.ui.keys('F7')  # goes to the text
        wait_for('the text to have the keyboard', lambda: self.has_keyboard('Message to'), 30)
        self.ui.keys('F6')
        wait_for('the checks to have the keyboard', lambda: not self.has_keyboard('Message to') and not self.has_keyboard('Send'), 30)
        self.ui.keys('F6')
        wait_for('Send to have the keyboard', lambda: self.has_keyboard('Send'), 30)
        self.ui.keys('F6')
        wait_for('the text to have the keyboard again', lambda: self.has_keyboard('Message to'), 30)

    def has_keyboard(self, words):
        node = self.ui.focused()
        while node is not None:
            try:
                if (node.name or '').startswith(words):
                    return True
                node = node.parent
            except Exception:
                return False
        return False

    def send_anyway(self):
        self.ui.keys('ctrl+Return')
        self.ui.see('Send Anyway?', timeout=30)
        self.ui.click('button', re.compile('Cancel'), timeout=30)
        wait_for('the end of the question', lambda: 'Send Anyway?' not in self.ui.words_on_screen(), 30)
        if self.accepted():
            raise Failure('sent although Cancel was pressed')
        self.ui.activate_window('Thank-You')
        self.ui.keys('ctrl+Return')
        self.ui.see('Send Anyway?', timeout=30)
        self.ui.click('button', 'Send Anyway', timeout=30)
        self.ui.see(re.compile('Sending to Marcus Bell'), timeout=30)
        wait_for('the message at the server', self.accepted, 60)

    steps = ['open', 'close_notes', 'spelling', 'hide_checks', 'go_round', 'send_anyway']


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--prefix', required=True, type=pathlib.Path)
    options = parser.parse_args()
    print(f'1..{len(Writing.steps)}', flush=True)
    with Session(options.prefix) as s:
        writing = Writing(s)
        for number, name in enumerate(Writing.steps, 1):
            title = name.replace('_', ' ')
            try:
                getattr(writing, name)()
            except Exception as failure:
                tell(number, title, failure)
                try:
                    import screen
                    print('# on the screen:\n# ' + screen.words_on_screen().replace('\n', '\n# '), file=sys.stderr)
                except Exception:
                    pass
                print('# afterword: ' + s.log('afterword')[-1500:].replace('\n', '\n# '), file=sys.stderr)
                return 1
            print(f'ok {number} - {title}', flush=True)
        if 'CRITICAL' in s.log('afterword'):
            print('# ' + s.log('afterword')[-1500:].replace('\n', '\n# '), file=sys.stderr)
            return 1
    return 0


if __name__ == '__main__':
    sys.exit(main())
