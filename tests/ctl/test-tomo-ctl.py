#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What tomoctl answers: to mistakes in its arguments, and as JSON.

usage: test-tomo-ctl.py TOMOPRESS TOMOCTL SOURCE [CLOCK]

Prints TAP; machine.py says what CLOCK is.
"""

import fcntl
import os
import pwd
import shutil
import subprocess
import sys

from machine import FAILED, INVALID, OFFLINE, OK, UNTRUSTED, USAGE, Machine, run_on_machine


def names_what_add_lacks(machine):
    """campaign add insists on a name, an address and a root, and says which is wrong."""
    refused = machine.refused
    add = ('campaign', 'add')
    refused(USAGE, *add, says=['campaign add'], store=False)
    refused(USAGE, *add, 'demo', says=['--url', '--root', '--from', '--fingerprint'], store=False)
    refused(UNTRUSTED, *add, 'demo', '--url', machine.repo, says=[machine.repo, '--fingerprint'],
            store=False)
    refused(USAGE, *add, 'demo', '--from', machine.work, '--root', machine.root,
            says=['--from', '--root'], store=False)
    refused(USAGE, *add, 'demo', '--root', machine.root, says=['--url'], store=False)
    refused(USAGE, *add, 'demo', 'more', '--url', machine.repo, '--root', machine.root,
            says=['too many'], store=False)
    for name in ('Demo', 'a/b', '../up', '', 'x' * 41):
        refused(USAGE, *add, '--url', machine.repo, '--root', machine.root, name,
                says=['‘' + name], store=False)
    for url in ('ftp://example.org/', 'https://', 'http://example.org/?x', 'example.org/tips',
                'localhost:8000', ''):
        refused(USAGE, *add, 'demo', '--url', url, '--root', machine.root, says=['--url'], store=False)
    refused(FAILED, *add, 'demo', '--url', machine.repo, '--root', '/nonexistent/root.json',
            says=['/nonexistent/root.json'], store=False)
    for tag in ('jp', 'tlh', 'not a tag', ''):
        refused(USAGE, *add, 'demo', '--url', machine.repo, '--root', machine.root, '--language', tag,
                says=['--language: ‘' + tag, 'ja'], store=False)
    assert not os.path.exists(machine.config)


def checks_the_root(machine):
    """A root with another fingerprint, and a file that is no root, are not followed."""
    add = ('campaign', 'add', 'demo', '--url', machine.repo, '--root')
    right = machine.fingerprint()
    machine.refused(UNTRUSTED, *add, machine.root, '--root-sha256', '0' * 64,
                    says=['demo', '0' * 64, right], store=False)
    for text in ('1234', 'hello', right + '!', right + ' and more', right + '0', ''):
        machine.refused(USAGE, *add, machine.root, '--root-sha256', text, says=['--fingerprint'],
                        store=False)
    for text, code in (('{}', INVALID), ('<html>', INVALID), ('', INVALID)):
        path = os.path.join(machine.work, 'wrong.json')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)
        machine.refused(code, *add, path, says=['wrong.json'], store=False)
    assert not os.path.exists(machine.config)

    groups = ' '.join(right[i:i + 4] for i in range(0, 64, 4)).upper()
    machine.ctl(*add, machine.root, '--root-sha256', groups, store=False)
    assert right in open(machine.config, encoding='utf-8').read()


def lists_campaigns(machine):
    """campaign list tells what is configured, and remove takes it away, once."""
    assert machine.json('campaign', 'list', store=False) == {'campaigns': []}
    machine.add('demo', '--partner', 'jp', '--language', 'ja', '--language', 'en')
    machine.add('all')
    campaigns = machine.json('campaign', 'list', store=False)['campaigns']
    assert [campaign['name'] for campaign in campaigns] == ['demo', 'all']
    assert campaigns[0]['partners'] == ['jp'] and campaigns[0]['languages'] == ['ja', 'en']
    assert campaigns[1]['partners'] == ['*'] and campaigns[1]['languages'] == ['*']
    assert campaigns[0]['urls'] == [machine.repo]
    assert os.path.exists(campaigns[0]['root'])

    machine.refused(USAGE, 'campaign', 'remove', 'Demo', says=['Demo'])
    machine.refused(FAILED, 'campaign', 'remove', 'other', says=['other', machine.config])
    machine.ctl('campaign', 'remove', 'demo')
    machine.refused(FAILED, 'campaign', 'remove', 'demo', says=['demo'])
    campaigns = machine.json('campaign', 'list', store=False)['campaigns']
    assert [campaign['name'] for campaign in campaigns] == ['all']


def keeps_a_relative_folder(machine):
    """A folder is found again from wherever sync is called."""
    machine.ctl('campaign', 'add', 'demo', '--url', 'repo', '--root', machine.root, store=False)
    urls = machine.json('campaign', 'list', store=False)['campaigns'][0]['urls']
    assert urls == [machine.repo], urls


def asks_for_a_campaign(machine):
    """Without a campaign every command says how to get one."""
    for command in (['sync'], ['list'], ['show', 'jp/accounts'], ['status']):
        machine.refused(FAILED, *command, says=['campaign add'])
        answer = machine.json(*command, code=FAILED)
        assert answer['error']['code'] == 'not-found', answer
        assert 'campaign add' in answer['error']['message']

    machine.add()
    machine.refused(FAILED, 'sync', '--campaign', 'other', says=['other', 'campaign list'])
    machine.refused(FAILED, 'list', '--campaign', 'other', says=['other', 'campaign list'])
    machine.refused(FAILED, 'show', 'other:jp/accounts', says=['other', 'campaign list'])
    for command in (['list'], ['show', 'jp/accounts']):
        machine.refused(FAILED, *command, says=['demo', 'tomoctl sync'])
    assert machine.json('status')['campaigns'] == [{'campaign': 'demo', 'mirror': machine.repo}]


def speaks_json(machine):
    """The names in the JSON are what scripts rely on."""
    machine.add()
    synced = machine.json('sync')['campaigns']
    assert len(synced) == 1 and synced[0]['campaign'] == 'demo'
    assert synced[0]['outcome'] == 'changed' and synced[0]['kept'] == []
    assert synced[0]['files'] > 0 and synced[0]['bytes'] > 0
    assert machine.json('sync')['campaigns'][0]['outcome'] == 'unchanged'

    packs = machine.json('list', '--language', 'ja')['packs']
    assert len(packs) == 1
    assert (packs[0]['campaign'], packs[0]['partner'], packs[0]['pack']) == ('demo', 'jp', 'accounts')
    assert packs[0]['tips'] > 0 and packs[0]['questions'] > 0 and packs[0]['sample'] is True
    assert 0 < packs[0]['complete'] <= packs[0]['tips'] + packs[0]['questions']

    shown = machine.json('show', 'demo:jp/accounts', '--language', 'ja')
    assert (shown['campaign'], shown['partner'], shown['pack']) == ('demo', 'jp', 'accounts')
    # What is not translated yet is there as a whole in another language.
    assert {item['language'] for item in shown['items']} <= {'ja', 'en'}
    assert sum(item['language'] == 'ja' for item in shown['items']) == packs[0]['complete']
    for item in shown['items']:
        assert item['id'] and item['title'] and item['topic']
        if item['kind'] == 'tip':
            assert item['summary'] and item['steps']
        else:
            assert item['explanation']
        if item['kind'] in ('single', 'multiple', 'true-false'):
            assert any(choice['correct'] for choice in item['choices'])

    status = machine.json('status')
    assert status['store'] == machine.store
    campaign = status['campaigns'][0]
    assert campaign['campaign'] == 'demo' and campaign['generation'] == 1 and campaign['kept'] == {}
    assert 'jp' in campaign['partners'] and 'ja' in campaign['languages']
    assert isinstance(campaign['partners'], list) and isinstance(campaign['languages'], list)
    assert campaign['files'] > 0 and campaign['updated'].endswith('Z')
    assert campaign['age-secs'] < 600 and campaign['expires'].endswith('Z')
    publisher = campaign['publishers']['jp']
    assert publisher['version'] == 1 and publisher['current'] and not publisher['expired']
    assert publisher['signed-on'].endswith('Z') and publisher['expires'].endswith('Z')

    verified = machine.json('verify')
    assert verified['files'] > 0 and verified['damaged'] == []


def names_what_is_not_there(machine):
    """A pack, a language, a partner and an option that do not exist are named."""
    machine.add()
    machine.ctl('sync')
    for name in ('accounts', 'jp/', '/accounts', 'jp/packs/accounts', 'demo:', ''):
        machine.refused(USAGE, 'show', name, says=['‘' + name])
    for name in ('jp/nothing', 'xx/accounts', 'demo:jp/nothing'):
        machine.refused(FAILED, 'show', name, says=[name.rpartition(':')[2], 'tomoctl list'])
    for command in (['list'], ['show', 'jp/accounts']):
        machine.refused(FAILED, *command, '--language', 'tlh', says=['tlh', 'ja'])
    machine.refused(FAILED, 'sync', '--partner', 'xx', says=['xx'])
    machine.refused(USAGE, 'sync', '--language', 'ja', '--language', 'jp', says=['--language: ‘jp’'])
    machine.refused(USAGE, 'sync', '--limit-rate', '-1', says=['--limit-rate'])
    machine.refused(USAGE, 'sync', '--limit-rate', 'fast', says=['fast'])
    machine.refused(USAGE, 'sync', '--nonsense', says=['--nonsense'])
    machine.refused(USAGE, 'list', 'more', says=['too many'])
    machine.refused(FAILED, 'sync', '--from', '/nonexistent', says=['/nonexistent'])
    machine.refused(FAILED, 'sync', '--from', 'ftp://example.org/', says=['ftp'])
    machine.refused(USAGE, 'nonsense', says=['nonsense', '--help'], store=False)
    machine.refused(USAGE, 'campaign', says=['add', 'list', 'remove'], store=False)
    machine.refused(USAGE, says=['--help'], store=False)


def serves_several_campaigns(machine):
    """One campaign that has not been fetched or cannot be hides nothing of another."""
    machine.add('first')
    machine.add('second')
    machine.ctl('sync', '--campaign', 'second')
    packs = machine.json('list')['packs']
    assert [pack['campaign'] for pack in packs] == ['second'], packs
    assert machine.json('show', 'jp/accounts')['campaign'] == 'second'
    assert [row.get('generation') for row in machine.json('status')['campaigns']] == [None, 1]

    machine.ctl('campaign', 'add', 'gone', '--url', '/nonexistent', '--root', machine.root,
                store=False)
    for order in (1, 2):
        rows = machine.json('sync', code=FAILED)['campaigns']
        outcomes = {row['campaign']: row['outcome'] for row in rows}
        assert outcomes == {'first': 'changed' if order == 1 else 'unchanged', 'second': 'unchanged',
                            'gone': 'failed'}, outcomes
        failed = next(row for row in rows if row['campaign'] == 'gone')
        assert failed['error']['code'] == 'not-found' and '/nonexistent' in failed['error']['message']


def refuses_another_format(machine):
    """A store of another version, and a folder that is none, are left as they are."""
    machine.add()
    os.makedirs(machine.store)
    with open(os.path.join(machine.store, 'format'), 'w', encoding='utf-8') as file:
        file.write('3\n')
    for command in (['sync'], ['list'], ['show', 'jp/accounts'], ['status'], ['verify']):
        machine.refused(FAILED, *command, says=[machine.store, '‘3’', '--store'])
        assert machine.json(*command, code=FAILED)['error']['code'] == 'unsupported'
    assert os.listdir(machine.store) == ['format']

    machine.store = os.path.join(machine.work, 'home-of-somebody')
    os.makedirs(os.path.join(machine.store, 'Documents'))
    machine.refused(FAILED, 'sync', says=[machine.store, 'Documents', '--store'])
    assert os.listdir(machine.store) == ['Documents']


def names_a_broken_configuration(machine):
    """A configuration file that cannot be read is named, whatever the command."""
    os.makedirs(os.path.dirname(machine.config))
    for text in ('urls=/x\n', '[campaign demo\n', '[campaign De/mo]\nurls=/x\n'):
        with open(machine.config, 'w', encoding='utf-8') as file:
            file.write(text)
        for command in (['sync'], ['list'], ['status']):
            machine.refused(INVALID, *command, says=[machine.config])
        machine.refused(INVALID, 'campaign', 'list', says=[machine.config], store=False)


def keeps_a_pin_to_itself(machine):
    """What “pin” prints is a configuration, differs each time, and does not contain the PIN."""
    def pin(line):
        return subprocess.run([machine.tomoctl, 'pin'], input=line, capture_output=True, text=True,
                              check=False, timeout=60, env=machine.environment)

    printed = [pin('135790\n').stdout for _ in range(2)]
    assert printed[0] != printed[1] and '135790' not in ''.join(printed), printed
    os.makedirs(os.path.dirname(machine.config))
    with open(machine.config, 'w', encoding='utf-8') as file:
        file.write(printed[0])
    machine.ctl('campaign', 'list', store=False)
    for wrong in ('', '12345\n', '1357901357901\n', 'secret\n'):
        assert pin(wrong).returncode == INVALID
    with open(machine.config, 'w', encoding='utf-8') as file:
        file.write('[kiosk]\npin=135790\n')
    refused = machine.ctl('campaign', 'list', store=False, code=INVALID)
    assert 'tomoctl pin' in refused.stderr and '135790' not in refused.stderr


def removes_all_or_nothing(machine):
    """While a sync runs a campaign is not removed, not even from the configuration."""
    machine.add()
    machine.ctl('sync')
    with open(os.path.join(machine.store, 'private/lock'), 'r+b') as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        machine.refused(FAILED, 'campaign', 'remove', 'demo', says=['another program'])
    assert len(machine.json('campaign', 'list', store=False)['campaigns']) == 1
    machine.ctl('campaign', 'remove', 'demo')
    assert not os.path.exists(os.path.join(machine.store, 'campaigns/demo'))
    machine.add()
    assert machine.json('sync')['campaigns'][0]['outcome'] == 'changed'


def gives_advice_that_works(machine):
    """Who does what the message about damage says gets the pack back."""
    machine.add()
    machine.ctl('sync')
    shown = machine.json('show', 'jp/accounts')
    campaign = os.path.join(machine.store, 'campaigns/demo/current')
    damaged = [os.path.join(campaign, 'index/en')]
    for top, _, names in os.walk(os.path.join(machine.store, 'objects')):
        damaged += [os.path.join(top, name) for name in names]
    for path in damaged:
        with open(path, 'r+b') as file:
            first = file.read(1)
            file.seek(0)
            file.write(bytes([first[0] ^ 1]))

    machine.refused(INVALID, 'show', 'jp/accounts', says=['damaged', 'tomoctl verify', 'tomoctl sync'])
    machine.ctl('verify', code=INVALID)
    machine.ctl('sync')
    machine.ctl('verify')
    assert machine.json('show', 'jp/accounts') == shown

    for path in damaged[1:]:
        os.remove(path)
    machine.refused(FAILED, 'show', 'jp/accounts', says=['missing', 'tomoctl verify', 'tomoctl sync'])
    machine.ctl('verify', code=INVALID)
    machine.ctl('sync')
    assert machine.json('show', 'jp/accounts') == shown


def follows_one_root_only(machine):
    """Adding a campaign again changes its addresses, never whom it trusts."""
    other = Machine(os.path.join(machine.work, 'other'), machine.tomopress, machine.tomoctl,
                    machine.source)
    machine.add()
    machine.ctl('campaign', 'add', 'demo', '--url', '/elsewhere', '--root', machine.root, store=False)
    assert machine.json('campaign', 'list', store=False)['campaigns'][0]['urls'] == ['/elsewhere']
    machine.refused(UNTRUSTED, 'campaign', 'add', 'demo', '--url', other.repo, '--root', other.root,
                    says=['demo', 'campaign remove'], store=False)
    assert machine.json('campaign', 'list', store=False)['campaigns'][0]['urls'] == ['/elsewhere']


def shows_no_secrets(machine):
    """The password of an address is for the server alone."""
    address = 'http://kiosk:hunter2@127.0.0.1:1/'
    machine.ctl('campaign', 'add', 'demo', '--url', address, '--root', machine.root, store=False)
    result = machine.ctl('sync', '--verbose', code=OFFLINE)
    said = [result.stdout, result.stderr]
    for command in (['campaign', 'list'], ['campaign', 'list', '--json'], ['status', '--store', 'x']):
        result = machine.ctl(*command, store=False)
        said += [result.stdout, result.stderr]
    result = machine.ctl('campaign', 'add', 'two', '--url', address + '?q', '--root', machine.root,
                         code=USAGE, store=False)
    said += [result.stdout, result.stderr]
    assert 'hunter2' not in ''.join(said)


def speaks_to_terminals_only(machine):
    """On a terminal a sync says what came of it; what is foreign does nothing to the terminal."""
    machine.add()
    said = machine.terminal(OK, 'sync', '--store', machine.store)
    assert 'demo: up to date' in said, said
    said = machine.terminal(OK, 'sync', '--store', machine.store, '--splay', '1')
    assert 'nothing is new' in said, said
    said = machine.terminal(FAILED, 'sync', '--store', machine.store, '--splay', '1000', answer='\x03',
                            wait_for='Waiting')
    assert 'cancelled' in said and 'nothing is new' not in said, said
    machine.refused(USAGE, 'sync', '--splay', '-1', says=['--splay'])
    result = machine.ctl('sync', '--from', '/\033[2J\nnowhere', code=FAILED)
    assert len(result.stderr.splitlines()) == 1 and '\033' not in result.stderr, result.stderr
    assert '\\x1b[2J\\x0anowhere' in result.stderr


def hides_what_has_expired(machine):
    """What has expired is shown, and is not where the configuration says so; then every command says
    whose it is."""
    if machine.clock is None:
        return
    machine.add()
    machine.ctl('sync')
    with open(machine.config, encoding='utf-8') as file:
        config = file.read()

    def look(days, setting):
        with open(machine.config, 'w', encoding='utf-8') as file:
            file.write(f'{config}\n[campaign demo]\nexpired-content={setting}\n')
        machine.environment.update(LD_PRELOAD=machine.clock, TOMO_CLOCK_DAYS=str(days))
        return machine.json('status')['campaigns'][0]['publishers']['jp']

    try:
        for days, setting in ((0, 'keep'), (0, 'hide'), (4000, 'keep')):
            publisher = look(days, setting)
            assert publisher['expired'] == (days > 0) and not publisher['hidden'], publisher
            assert len(machine.json('list')['packs']) == 1
            machine.ctl('show', 'jp/accounts')
            said = machine.ctl('doctor').stdout
            assert 'hidden' not in said, said

        publisher = look(4000, 'hide')
        assert publisher['expired'] and publisher['hidden'], publisher
        said = machine.ctl('list')
        assert said.stdout == '' and 'expired-content=hide): jp;' in said.stderr, said
        machine.refused(FAILED, 'show', 'jp/accounts', says=['jp', 'expired-content=hide', 'sync'])
        for command, code in (('status', OK), ('doctor', FAILED)):
            said = machine.ctl(command, code=code).stdout
            assert 'campaign demo: expired and hidden here (expired-content=hide): jp;' in said, said
            assert 'still shown' not in said, said
    finally:
        del machine.environment['LD_PRELOAD'], machine.environment['TOMO_CLOCK_DAYS']


def gives_root_advice_that_works(machine):
    """Where root must not write, the doctor says who may."""
    if os.geteuid() != 0:
        return
    owner = pwd.getpwnam('nobody')
    os.makedirs(machine.store)
    os.chown(machine.store, owner.pw_uid, owner.pw_gid)
    machine.add()
    machine.refused(FAILED, 'sync', says=['runuser -u nobody'])
    said = machine.ctl('doctor', code=FAILED).stdout
    line = next(line for line in said.splitlines() if 'there is no store' in line)
    assert 'runuser -u nobody -- tomoctl' in line, line


def names_what_a_machine_lacks(machine):
    """The doctor names what is missing, one line each with the way out, and is content after it."""
    said = machine.ctl('doctor', code=FAILED).stdout
    assert 'problem: there is no store' in said and 'tomoctl sync' in said, said
    assert 'campaign add' in said, said

    machine.add()
    machine.ctl('sync')
    document = machine.json('doctor')
    checks = {check['id']: check['ok'] for check in document['checks']}
    assert document['problems'] == 0 and all(checks.values()), document
    assert {'clock', 'config', 'store', 'space', 'campaign.demo', 'font.ja'} <= set(checks), checks
    assert 'font.ru' not in checks, 'looks for fonts that nothing here needs'

    with open(machine.config, encoding='utf-8') as file:
        config = file.read()
    for tag, code in (('ko', FAILED), ('ja', 0)):
        with open(machine.config, 'w', encoding='utf-8') as file:
            file.write(f'{config}\n[kiosk]\nlanguage={tag}\n')
        said = machine.ctl('doctor', code=code).stdout
        assert ('problem: this machine is locked to 한국어 (Korean)' in said) == (tag == 'ko'), said
    with open(machine.config, 'w', encoding='utf-8') as file:
        file.write(config)

    fonts = os.path.join(machine.work, 'fonts.conf')
    with open(fonts, 'w', encoding='utf-8') as file:
        file.write('<?xml version="1.0"?><fontconfig><dir>/nowhere</dir></fontconfig>')
    machine.environment['FONTCONFIG_FILE'] = fonts
    try:
        said = machine.ctl('doctor', '--all-languages', code=FAILED).stdout
    finally:
        del machine.environment['FONTCONFIG_FILE']
    lines = [line for line in said.splitlines() if 'there is no font for' in line]
    assert len(lines) > 60, said
    for line in ('日本語 (Japanese, script Jpan): apt install fonts-noto-cjk',
                 'ລາວ (Lao, script Laoo): apt install fonts-noto-core'):
        assert 'problem: there is no font for ' + line in lines, lines

    alone = os.path.join(machine.work, 'alone')
    os.mkdir(alone)
    lonely = shutil.copy(machine.tomoctl, alone)
    said = machine.run(FAILED, lonely, 'doctor', '--store', machine.store).stdout
    assert 'problem: fonts cannot be looked for, install tomoctl anew: ' in said, said
    assert 'good: the clock says' in said, said


sys.exit(run_on_machine([
    names_what_add_lacks, checks_the_root, lists_campaigns, keeps_a_relative_folder,
    asks_for_a_campaign, speaks_json, names_what_is_not_there, serves_several_campaigns,
    refuses_another_format, names_a_broken_configuration, keeps_a_pin_to_itself, removes_all_or_nothing,
    gives_advice_that_works, follows_one_root_only, shows_no_secrets, speaks_to_terminals_only,
    names_what_a_machine_lacks, hides_what_has_expired, gives_root_advice_that_works]))
