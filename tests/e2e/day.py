#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A day of use, by the application's real window: some twenty interviews of
different kinds are entered, changed, searched, deleted, taken back, backed up
and restored, and after each step the facts are read from outside. Prints TAP."""

import argparse
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import zoneinfo

from session import PATIENCE, Failure, Session, tell, wait_for

TODAY = 1  # after the page of the first run
MANAGER, HR = 'Marcus Bell', 'Aiko Tanaka'
# Typed by hand in the dialog: company, role, people.
TYPED = [
    ('Quarry Lane', 'Data Engineer', ['Jonas Weber <jonas@quarrylane.example>, hiring manager']),
    ('Blue Heron Books', 'Web Developer', ['Rosa Lind, HR', 'Peter Ash <peter@blueheron.example>']),
    ('Kestrel Maps', 'Cartographer', []),
    ('Foundry 9', 'Build Engineer', ['ines@foundry9.example']),
]


def expect(condition, what):
    if not condition:
        raise Failure(what)


class Day:
    def __init__(self, session, shots):
        self.s, self.shots, self.number = session, shots, 0
        self.sidebar = None
        self.bus_name = next((session.prefix / 'share' / 'applications').glob('*.desktop')).stem
        self.path = '/' + self.bus_name.replace('.', '/')
        self.zone = zoneinfo.ZoneInfo(session.zone)
        self.now = datetime.datetime.now(self.zone).replace(microsecond=0)

    # Facts ----------------------------------------------------------------------

    def at(self, days, hour=10):
        moment = (self.now + datetime.timedelta(days=days)).replace(hour=hour, minute=0, second=0)
        return moment.isoformat()

    def date(self, days):
        return (self.now + datetime.timedelta(days=days)).date().isoformat()

    def opportunity(self, number, company, role, days=None, people=(), **more):
        """@days: when the interview was, from today."""
        one = {'id': f'o{number}', 'company': company, 'role': role, 'status': 'active', 'people': [], **more}
        for i, (name, roles) in enumerate(people):
            one['people'].append({'id': f'p{number}-{i}', 'name': name, 'roles': roles, 'email': f'p{number}-{i}@company{number}.example'})
        if days is not None:
            one['interviews'] = [{'id': f'i{number}', 'starts_at': self.at(days), 'time_zone': self.s.zone, 'duration_minutes': 60,
                                  'attendees': [p['id'] for p in one['people']]}]
        return one

    def document(self):
        o = self.opportunity
        both = [(MANAGER, ['hiring-manager']), (HR, ['hr'])]
        many = [
            o(1, 'Harbor & Finch', 'Backend Developer', -1, both),
            o(2, 'Northwind Labs', 'Data Engineer', -12, both, promised_date=self.date(-2), promise_firm=True),
            o(3, 'Alder & Pine', 'Designer', -5, both, promised_date=self.date(9)),
            o(4, 'A & B <C>', 'R&D <Lead>', -2, [('Tom "T" O’Kafor', ['interviewer'])]),
            o(5, 'شركة المرفأ', 'مهندسة', -3, [('ليلى حداد', ['hr'])]),
            o(6, 'W' * 200, 'R' * 200, -4, [('N' * 200, ['recruiter'])]),
            o(7, 'Cobalt Robotics', None, 2, both),
            o(8, 'Silver Birch', 'Analyst'),
            o(9, 'Meadow', 'Gardener', -30, both, status='rejected', status_changed_at=self.at(-10)),
            o(10, 'Summit', 'Guide', -20, both, status='offer', status_changed_at=self.at(-1)),
            o(11, 'Tern', 'Pilot', -40, both, status='withdrawn', archived=True),
            o(12, 'Café Ångström', 'Chef', -6, [('Åsa Öberg', ['decision-maker']), ('Åsa Öberg', [])]),
            o(13, 'Lantern', 'Writer', -60, both, status='on-hold', status_changed_at=self.at(-8)),
            o(14, 'Delta Works', 'Engineer', -8, both,
              next_steps=[{'id': 's14', 'kind': 'assessment', 'title': 'Take-home', 'due': self.at(1)}]),
            o(15, 'Old Oak', 'Carpenter', -7, both,
              touches=[{'id': 'c15', 'at': self.at(-6), 'direction': 'out', 'channel': 'email', 'kind': 'thank-you', 'people': ['p15-0'],
                        'subject': 'Thank you', 'text': 'Thank you for telling me about the dovetail jig.'}]),
            o(16, 'Ivory Press', 'Printer', -9, both, questions=[{'id': 'q16', 'text': 'Which presses do you run?'}]),
        ]
        many[0]['interviews'][0]['topics'] = [{'person': 'p1-0', 'text': 'replaying the tollgate queue'}]
        return {'format': 'afterword', 'version': 1, 'opportunities': many}

    def facts(self):
        """What the database holds, read by another process."""
        path = self.s.home / 'facts-out.json'
        self.s.run(['afterword', f'--export={path}'])
        return json.loads(path.read_text())['opportunities']

    def of(self, company):
        return next((o for o in self.facts() if o['company'] == company), None)

    def wait_facts(self, what, look, timeout=5):
        return wait_for(what, look, timeout)

    # Hands ------------------------------------------------------------------------

    def window_action(self, name, *parameters):
        """As a menu of the window would."""
        self.s.run(['gdbus', 'call', '--session', '--dest', self.bus_name, '--object-path', self.path + '/window/1',
                    '--method', 'org.gtk.Actions.Activate', name, '[' + ','.join(f'<{p}>' for p in parameters) + ']', '{}'])

    def show(self, identity):
        self.window_action('show', f"'{identity}'")

    def shot(self, name):
        if self.shots:
            self.number += 1
            self.s.screenshot(self.shots / f'{self.number:02d}-{name}.png')

    def start(self):
        self.program = self.s.spawn(['afterword'], name='afterword')
        self.sidebar = None
        wait_for('the window', lambda: self.frame(), 30)
        self.ui.activate_window('Afterword')

    def rows(self):
        """The interviews of the sidebar, as they are called."""
        ui = self.ui
        if self.sidebar is None or not ui.alive(self.sidebar):
            whole = wait_for('the sidebar', lambda: next((n for n in self.frame() if n.name == 'AwSidebar'), None))
            self.sidebar = wait_for('the list of interviews', lambda: next((n for n in ui.walk(whole) if n.name == 'Interviews' and n.getRoleName() == 'list'), None))
        try:
            return [node.name for node in ui.walk(self.sidebar, 1) if node.getRoleName() in ui.ROLES['row']]
        except Exception:  # one went away while we looked
            return []

    def frame(self):
        """The window's own widgets: pages, sidebar, toasts; not what is in them. A
        walk over everything takes seconds."""
        def own(node, depth=0):
            yield node
            if depth < 20 and node.name not in ('AwPage', 'AwSidebar'):
                for child in node:
                    if child is not None:
                        yield from own(child, depth + 1)
        try:
            return list(own(next(n for n in self.ui.application() if n.name == 'Afterword')))
        except Exception:
            return []

    def page(self, which=-1):
        """Looks for TODAY, or -1: the page of an interview; which may be replaced while one waits."""
        def look():
            found = [n for n in self.frame() if n.name == 'AwPage']
            return found[which] if len(found) > 3 else None  # the first run's and three more are always there
        return look

    def see(self, words, which=-1, timeout=10):
        return self.ui.see(words, within=self.page(which), timeout=timeout)

    def toast(self, words):
        """The toast that says this. To be looked for at once: it goes after five or ten seconds."""
        pattern = re.compile(re.escape(words))
        return wait_for(f'toast “{words}”', lambda: next((n for n in self.frame() if self.ui.matches(n, None, pattern)), None), 5)

    def toast_button(self, toast, words):
        """The button beside the toast's words: an older one may still be sliding out."""
        def button():
            node = self.toast(toast)
            for _ in range(3):  # the words stand in a box beside the button
                node = node.parent
                found = [n for n in self.ui.walk(node, 4) if self.ui.matches(n, 'button', words) and self.ui.has_action(n)]
                if found:
                    return found[0]
            return None
        self.ui.press(wait_for(f'“{words}” in the toast “{toast}”', button, 5))

    def dialog(self):
        """The window that came up over the first, if there is one."""
        return next((n for n in self.ui.application() or [] if n is not None and n.name != 'Afterword' and self.ui.showing(n)), None)

    def window(self, title):
        """Looks for the one of this title."""
        return lambda: next((n for n in self.ui.application() or [] if n is not None and n.name == title), None)

    def wait_end_of_program(self):
        try:
            code = self.program.wait(10 * PATIENCE)
        except subprocess.TimeoutExpired:
            raise Failure('the program does not end')
        expect(code == 0, f'it ended with {code}')

    def has_row(self, company):
        return any(row.startswith(company) for row in self.rows())

    def menu(self, button, item):
        self.ui.click('button', button, within=self.page())
        self.ui.click('menu item', item, within=self.page())

    # The day ------------------------------------------------------------------------

    def put_in(self):
        (self.s.home / 'facts.json').write_text(json.dumps(self.document()))
        said = self.s.run(['afterword', '--import=facts.json']).stdout
        expect(len(self.facts()) == 16, f'{len(self.facts())} of 16: {said}')

    def open_window(self):
        import screen
        self.ui = screen
        self.start()
        self.see(f'Thank {MANAGER}', TODAY)
        self.see(f'Ask {HR} where things stand', TODAY)
        expect(self.has_row('Harbor & Finch') and self.has_row('A & B <C>'), f'rows: {self.rows()}')
        expect(not self.has_row('Meadow'), 'a closed one stands among the active ones')
        self.shot('today')

    def add_by_keys(self):
        ui = self.ui
        for company, role, people in TYPED:
            pressed = []  # besides text

            def keys(*names):
                pressed.extend(names)
                ui.keys(*names)

            keys('ctrl+n')
            ui.see('Who Did You Meet?', within=self.dialog)
            ui.type_words(company)
            keys('Tab')
            ui.type_words(role)
            keys('Tab', 'Tab')
            for words in people:
                ui.type_words(words)
                keys('Return')
            keys('ctrl+Return')
            expect(len(pressed) <= 12, f'{len(pressed)} keys besides text: {pressed}')
            one = self.wait_facts(f'{company} in the database', lambda: self.of(company))
            expect(one.get('role') == role and len(one.get('people', [])) == len(people) and len(one['interviews']) == 1, f'wrong: {one}')
            wait_for('the end of the dialog', lambda: len(list(ui.application())) == 1)
        expect(len(self.facts()) == 20, 'not twenty')
        expect(self.of('Quarry Lane')['people'][0]['roles'] == ['hiring-manager'], 'the role was not understood')
        self.shot('added')

    def every_detail(self):
        """All are looked at: none complains (the log is read at the end)."""
        for one in self.facts():
            self.show(one['id'])
            self.ui.find('label', one['company'], within=self.page())
        self.show('o6')
        self.shot('detail-long')
        self.show('o5')
        self.shot('detail-arabic')

    def edit(self):
        ui = self.ui
        self.show('o1')
        self.see('Harbor & Finch')
        ui.keys('ctrl+e')
        role = ui.find('entry', re.compile('^Role'), within=self.dialog)
        ui.set_text(role, 'Principal Developer')
        self.shot('edit')
        ui.keys('ctrl+Return')
        self.wait_facts('the new role', lambda: self.of('Harbor & Finch')['role'] == 'Principal Developer')
        self.see('Principal Developer')

    def undo_by_key(self):
        self.ui.keys('ctrl+z')
        self.toast('Undone')
        self.wait_facts('the old role', lambda: self.of('Harbor & Finch')['role'] == 'Backend Developer')
        self.see('Backend Developer')

    def log_a_reply(self):
        """Two clicks: They Replied, Save; and back by the toast."""
        ui = self.ui
        self.show('o2')
        ui.click('button', 'They Replied', within=self.page())
        ui.find('button', 'Save', within=self.dialog)
        self.shot('reply')
        ui.click('button', 'Save', within=self.dialog)
        self.wait_facts('the reply', lambda: any(t['direction'] == 'in' for t in self.of('Northwind Labs').get('touches', [])))
        self.toast_button('Reply logged', 'Undo')
        self.wait_facts('the end of the reply', lambda: not self.of('Northwind Labs').get('touches'))

    def notes(self):
        ui = self.ui
        self.show('o3')
        ui.set_text(ui.find('entry', 'Notes', within=self.page()), 'They have a resident heron.')
        self.show('o1')
        self.wait_facts('the note', lambda: self.of('Alder & Pine').get('notes') == 'They have a resident heron.')

    def decide(self):
        """A step is marked as done in Today, and no longer due."""
        ui = self.ui
        self.window_action('page', "'today'")
        self.see('Finish “Take-home”', TODAY)
        items = json.loads(self.s.run(['afterword', '--agenda', '--json']).stdout)['items']
        key = next(item['key'] for item in items if item['opportunity'] == 'o14' and 's14' in item['key'])
        self.window_action('done', f"('o14', '{key}')")
        self.wait_facts('the decision', lambda: self.of('Delta Works')['next_steps'][0].get('done_at') or self.of('Delta Works').get('decisions'))
        wait_for('the end of Finish “Take-home”', lambda: 'Finish “Take-home”' not in ui.words_on_screen(self.page(TODAY)))
        ui.keys('ctrl+z')
        self.see('Finish “Take-home”', TODAY)

    def search(self):
        ui = self.ui
        for words, company in (('tollgate', 'Harbor & Finch'), ('angstrom', 'Café Ångström'), ('dovetail', 'Old Oak'), ('heron', 'Alder & Pine'),
                               ('presses', 'Ivory Press'), ('meado', 'Meadow')):
            ui.keys('ctrl+f')
            ui.keys('ctrl+a')
            ui.type_words(words)
            wait_for(f'{company} for “{words}”', lambda: self.has_row(company) and not self.has_row('Cobalt Robotics'), 4)
        self.shot('search')
        ui.keys('ctrl+a')
        ui.type_words('zzzz')
        ui.see('No Results')
        ui.keys('Escape')
        wait_for('all again', lambda: self.has_row('Cobalt Robotics'), 4)

    def delete_a_person(self):
        """By the row's menu, and back by the key."""
        ui = self.ui
        self.show('o12')
        self.menu('More About Åsa Öberg', 'Remove')
        self.wait_facts('one person less', lambda: len(self.of('Café Ångström')['people']) == 1)
        ui.keys('ctrl+z')
        self.wait_facts('both again', lambda: len(self.of('Café Ångström')['people']) == 2)

    def delete_by_key(self):
        """The Delete key on an entry of the history, to which its mark in the timeline leads."""
        ui = self.ui
        self.show('o15')
        mark = re.compile('thanked Marcus')
        ui.press(ui.find('button', mark, within=self.page()))
        wait_for('the keyboard on the entry', lambda: (at := ui.focused(self.page())) and at.getRoleName() in ui.ROLES['row'])
        ui.keys('Delete')
        self.wait_facts('the end of the entry', lambda: not self.of('Old Oak').get('touches'))
        ui.keys('ctrl+z')
        self.wait_facts('the entry again', lambda: self.of('Old Oak').get('touches'))

    def import_table(self):
        """By the column's names if they tell, and else by the user's choice; and back by the key."""
        ui = self.ui
        (self.s.home / 'table.csv').write_text('Firm;Stelle;Wann\nMole & Co;Baker;2026-11-20\nReed;Clerk;2026-11-23\n')
        self.s.run(['afterword', 'table.csv'])
        ui.click('button', 'Continue', within=self.dialog)
        wait_for('the preview', lambda: any(ui.find_all('button', 'Import 2', w) for w in ui.application() if w.name != 'Afterword'))
        ui.click('button', 'Import 2')
        self.wait_facts('both', lambda: self.of('Mole & Co') and self.of('Reed'))
        ui.keys('ctrl+z')
        self.wait_facts('neither', lambda: not self.of('Mole & Co') and not self.of('Reed'))

    def delete_and_undo(self):
        ui = self.ui
        before = self.of('Silver Birch')
        self.show(before['id'])
        self.menu('More About This Interview', 'Delete')
        self.wait_facts('its end', lambda: self.of('Silver Birch') is None)
        wait_for('the end of its row', lambda: not self.has_row('Silver Birch'))
        self.toast_button('Silver Birch deleted', 'Undo')
        self.wait_facts('its return', lambda: self.of('Silver Birch') == before)
        wait_for('its row', lambda: self.has_row('Silver Birch'))

    def overrule(self):
        """What a guard holds may be done after one question, and that is recorded with the touch."""
        ui = self.ui
        held = self.opportunity(43, 'Loud Harbour', 'Clerk', -12, [('Vera Holm', ['hr'])],
                                touches=[{'id': 'c43', 'at': self.at(-1), 'direction': 'out', 'channel': 'email', 'kind': 'timeline',
                                          'people': ['p43-0'], 'subject': 'Dates', 'text': 'I expect an offer on Friday.'}])
        (self.s.home / 'held.json').write_text(json.dumps({'format': 'afterword', 'version': 1, 'opportunities': [held]}))
        self.s.run(['afterword', '--import=held.json'])
        items = json.loads(self.s.run(['afterword', '--agenda', '--json']).stdout)['items']
        item = next(item for item in items if item['opportunity'] == 'o43' and item['waiting'])
        expect(item['waiting']['rule'] == 'G1', f'not held by G1: {item}')
        wait_for('its row', lambda: self.has_row('Loud Harbour'))
        self.window_action('act', f"('o43', '{item['key']}')")
        ui.see('Write Anyway?', within=self.dialog)
        self.shot('overrule')
        ui.click('button', 'Write Anyway', within=self.dialog)
        ui.click('button', 'Other Ways', within=self.window('Check-In to Vera Holm'))
        ui.click('menu item', re.compile('Mark as Sent Elsewhere'), within=self.window('Check-In to Vera Holm'))
        ui.click('button', 'Mark as Sent', within=self.window('Mark as Sent Elsewhere'))
        self.wait_facts('the touch and its guard', lambda: any(t.get('overruled') == ['G1'] for t in self.of('Loud Harbour')['touches']))
        wait_for('the end of the letter', lambda: self.dialog() is None)

    def from_the_command_line(self):
        """What another process writes stands in the open window within a second."""
        more = {'format': 'afterword', 'version': 1, 'opportunities': [self.opportunity(40, 'Gannet Air', 'Mechanic', -1, [('Vera Holm', ['hr'])])]}
        (self.s.home / 'more.json').write_text(json.dumps(more))
        self.window_action('page', "'today'")
        self.s.run(['afterword', '--import=more.json'])
        started = time.monotonic()
        wait_for('Gannet Air in the window', lambda: self.has_row('Gannet Air'), 3)
        took = time.monotonic() - started
        expect(took < 2.0, f'only after {took:.1f} s')  # a second, and one for our own looking
        self.see('Thank Vera Holm', TODAY)

    def restart(self):
        ui = self.ui
        before = self.facts()
        self.s.run(['gsettings', 'set', self.bus_name, 'show', 'all'])
        wait_for('the closed ones', lambda: self.has_row('Meadow'))
        ui.keys('ctrl+w')
        self.wait_end_of_program()
        self.start()
        wait_for('the closed ones, still', lambda: self.has_row('Meadow'))
        expect(self.facts() == before, 'the facts are others after a restart')
        self.s.run(['gsettings', 'reset', self.bus_name, 'show'])

    def choose_file(self, path, title):
        """In GTK's own file dialog, by its entry for a name. It is told again until it
        goes: while it still reads its list of recent files it may take the entry away."""
        ui = self.ui

        def file_dialog():
            dialog = self.dialog()
            return dialog if dialog is not None and dialog.name == title else None

        told_at = 0.0

        def gone():
            nonlocal told_at
            dialog = file_dialog()
            if dialog is None:
                return told_at > 0
            if time.monotonic() < told_at + 5:
                return False
            at = ui.focused(dialog)
            if at is None or at.getRoleName() not in ui.ROLES['entry']:
                ui.keys('ctrl+l')
                return False
            ui.set_text(at, str(path))
            if ui.get_text(at) == str(path):
                ui.keys('Return')
                told_at = time.monotonic()
            return False

        wait_for(f'the end of the dialog “{title}”', gone)

    def back_up(self):
        ui = self.ui
        self.backup = self.s.home / 'all.backup'
        self.window_action('back-up')
        self.choose_file(self.backup, 'Back Up')
        self.toast('Backed up to “all.backup”')
        expect(self.backup.exists(), 'there is no file')

    def restore(self):
        ui = self.ui
        before = self.facts()
        for identity in ('o1', 'o2', 'o3'):
            self.window_action('delete', f"'{identity}'")
        self.wait_facts('three less', lambda: len(self.facts()) == len(before) - 3)
        self.window_action('restore')
        self.choose_file(self.backup, 'Restore')
        ui.see('Replace Everything?')
        self.shot('restore')
        ui.click('button', 'Replace')
        self.wait_facts('all again', lambda: self.facts() == before)
        wait_for('their rows', lambda: self.has_row('Harbor & Finch'))

    def healthy(self):
        self.ui.keys('ctrl+q')
        self.wait_end_of_program()
        self.s.run(['afterword', '--check'])
        for name in ('afterword', 'dbus'):
            bad = [line for line in self.s.log(name).splitlines() if 'CRITICAL' in line or ('WARNING' in line and 'afterword' in line)
                   or 'Gtk-WARNING' in line or 'Adwaita-WARNING' in line]
            # GTK's own: its file dialog asks for the room on a disk that is none.
            bad = [line for line in bad if 'Failed to measure available space' not in line]
            expect(not bad, f'{name} complained: ' + '\n'.join(bad[:8]))

    steps = [put_in, open_window, add_by_keys, every_detail, edit, undo_by_key, log_a_reply, notes, decide, search,
             delete_a_person, delete_by_key, import_table, delete_and_undo, overrule, from_the_command_line, restart, back_up, restore, healthy]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--prefix', required=True, type=pathlib.Path)
    parser.add_argument('--screenshots', type=pathlib.Path)
    parser.add_argument('--only', action='append', help='only these steps, after the first two')
    options = parser.parse_args()
    bad = 0
    steps = [step for i, step in enumerate(Day.steps) if i < 2 or not options.only or step.__name__ in options.only]
    print(f'1..{len(steps)}', flush=True)
    with Session(options.prefix, notifications=False) as s:
        day = Day(s, options.screenshots)
        for number, step in enumerate(steps, 1):
            started = time.monotonic()
            try:
                step(day)
                print(f'ok {number} - {step.__name__} # {time.monotonic() - started:.1f} s', flush=True)
            except Exception as failure:
                bad += 1
                tell(number, step.__name__, failure)
                if options.screenshots:
                    s.screenshot(options.screenshots / f'failure-{step.__name__}.png')
                if number < 3:
                    print(f'Bail out! {s.log("afterword")[-600:]}'.replace('\n', ' '))
                    break
                day.ui.keys('Escape')
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
