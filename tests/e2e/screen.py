# SPDX-License-Identifier: GPL-3.0-or-later
"""Hands and eyes: finds things on the screen by role and name through AT-SPI,
presses and types as a person would. To be imported inside a Session."""

import re
import subprocess

import pyatspi

from session import Failure, wait_for

# GTK 4.8 and later ones call some roles by other names.
ROLES = {
    'button': {'push button', 'button', 'toggle button'},
    'entry': {'text', 'entry', 'password text'},
    'window': {'frame', 'window', 'dialog', 'alert'},
    'row': {'list item', 'table row', 'row', 'list box row'},
    'label': {'label', 'static', 'heading'},
    'switch': {'check box', 'switch', 'toggle button'},
    'menu item': {'menu item', 'push button', 'button', 'check menu item', 'radio menu item'},
}


def application():
    for app in pyatspi.Registry.getDesktop(0):
        try:
            if app is not None and app.name.startswith(('afterword', 'app.afterword')):
                return app
        except Exception:  # it went away while we looked
            continue
    return None


def alive(node):
    try:
        node.getRoleName()
        return True
    except Exception:
        return False


def walk(node, depth=60):
    """The node and all below it that are on the screen."""
    try:
        yield node
        if depth > 0:
            for child in node:
                if child is not None:
                    yield from walk(child, depth - 1)
    except Exception:
        return


def showing(node):
    """GTK 4.8 tells of no widget but the window whether it is showing; one that is not has no extents."""
    try:
        state = node.getState()
        if state.contains(pyatspi.STATE_SHOWING):
            return True
        if not state.contains(pyatspi.STATE_VISIBLE):
            return False
        extents = node.queryComponent().getExtents(pyatspi.WINDOW_COORDS)
        return extents.width > 0 and extents.height > 0
    except Exception:
        return False


def matches(node, role, name):
    try:
        if role and node.getRoleName() not in ROLES.get(role, {role}):
            return False
        if name is None:
            return True
        # A button with a mnemonic or an icon joins its parts in 4.8: "_Add Add".
        own = node.name or ''
        if hasattr(name, 'search'):
            return bool(name.search(own))
        return own in (name, f'{name} {name}') or own.split(' ', 1)[-1] == name or own.replace('_', '') in (name, f'{name} {name}')
    except Exception:
        return False


def walk_shown(node, depth=60, top=True):
    """Like walk(), but does not go where nothing can be seen: the other pages
    of a stack, rows that are scrolled away. Each look at a node takes a call."""
    try:
        role = node.getRoleName()
        # Boxes between have no extents of their own in 4.8: only these tell.
        if not top and (role in ROLES['row'] or (node.name or '').startswith('Aw')) and not showing(node):
            return
        yield node
        if depth > 0 and role != 'label':
            for child in node:
                if child is not None:
                    yield from walk_shown(child, depth - 1, False)
    except Exception:
        return


def top_of(within):
    """within is a node, or a function that looks for it anew: a page that is
    replaced while one waits would be searched in vain."""
    if callable(within):
        return within()
    return within if within is not None else application()


def find_all(role, name=None, within=None):
    top = top_of(within)
    if top is None:
        return []
    return [node for node in walk_shown(top) if matches(node, role, name) and showing(node)]


def find(role, name=None, within=None, timeout=10.0):
    """The first one, waited for; name is the words, or a compiled pattern."""
    words = name.pattern if hasattr(name, 'pattern') else name
    return wait_for(f'{role} "{words}"', lambda: next(iter(find_all(role, name, within)), None), timeout)


def gone(role, name=None, within=None, timeout=10.0):
    words = name.pattern if hasattr(name, 'pattern') else name
    wait_for(f'the end of {role} "{words}"', lambda: not find_all(role, name, within), timeout)


def focus(node):
    """Gives it the keyboard."""
    if not node.queryComponent().grabFocus():
        raise Failure(f'{node.getRoleName()} "{node.name}" does not take the focus')


def press(node):
    """Activates a button or whatever has an action."""
    try:
        action = node.queryAction()
    except NotImplementedError:
        raise Failure(f'{node.getRoleName()} "{node.name}" has no action')
    action.doAction(0)


def has_action(node):
    """A menu button is two buttons to GTK 4.8, of which only the inner one can be pressed."""
    try:
        return node.queryAction().nActions > 0
    except Exception:  # none, or the node went away
        return False


def click(role, name, within=None, timeout=10.0):
    words = name.pattern if hasattr(name, 'pattern') else name
    press(wait_for(f'{role} "{words}" that can be pressed', lambda: next(filter(has_action, find_all(role, name, within)), None), timeout))


def set_text(node, words):
    """Replaces what is in an entry or editor."""
    for inner in [node, *walk(node)]:
        try:
            inner.queryEditableText().setTextContents(words)
            return
        except NotImplementedError:
            continue
    raise Failure(f'{node.getRoleName()} "{node.name}" cannot be written to')


def get_text(node):
    for inner in [node, *walk(node)]:
        try:
            text = inner.queryText()
            return text.getText(0, text.characterCount)
        except NotImplementedError:
            continue
    return node.name or ''


def words_on_screen(within=None):
    """All names and texts that are showing, one a line."""
    top = top_of(within)
    seen = []
    for node in walk_shown(top) if top is not None else []:
        if not showing(node):
            continue
        try:
            if node.name:
                seen.append(node.name)
            if node.description:
                seen.append(node.description)
            if node.getRoleName() in ROLES['entry'] | {'label'}:
                seen.append(get_text(node))
        except Exception:
            continue
    return '\n'.join(dict.fromkeys(seen))


def see(words, within=None, timeout=10.0):
    """Waits until the words (or the compiled pattern) stand on the screen; gives the line."""
    pattern = words if hasattr(words, 'search') else re.compile(re.escape(words))

    def look():
        for line in words_on_screen(within).split('\n'):
            if pattern.search(line):
                return line
        return None

    return wait_for(f'"{pattern.pattern}" on the screen', look, timeout)


def keys(*names):
    """Presses keys, as xdotool names them: 'ctrl+n', 'Tab', 'Return'."""
    subprocess.run(['xdotool', 'key', '--clearmodifiers', '--delay', '30', *names], check=True)


def type_words(words):
    subprocess.run(['xdotool', 'type', '--clearmodifiers', '--delay', '12', words], check=True)


def activate_window(title):
    """Raises the window whose title holds these words."""
    found = wait_for(f'a window titled "{title}"', lambda: subprocess.run(
        ['xdotool', 'search', '--onlyvisible', '--name', title], capture_output=True, text=True).stdout.split())
    subprocess.run(['xdotool', 'windowactivate', '--sync', found[-1]], check=True)
    return found[-1]


def focused(within=None):
    top = top_of(within)
    for node in walk(top) if top is not None else []:
        try:
            if node.getState().contains(pyatspi.STATE_FOCUSED):
                return node
        except Exception:
            continue
    return None


def scroll_down(times=30):
    """Turns the wheel over the middle of the active window."""
    window = subprocess.run(['xdotool', 'getactivewindow'], capture_output=True, text=True).stdout.strip()
    geometry = subprocess.run(['xdotool', 'getwindowgeometry', '--shell', window], capture_output=True, text=True).stdout
    size = dict(line.split('=') for line in geometry.split() if '=' in line)
    subprocess.run(['xdotool', 'mousemove', '--window', window, str(int(size['WIDTH']) * 2 // 3), str(int(size['HEIGHT']) // 2),
                    'click', '--repeat', str(times), '--delay', '5', '5'], check=True)
