import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findLocalObs, localTarget } from './find-obs.ts';
import { type ObsPlaces, settingsFolders } from './obs-places.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pose-coach-home-'));
});

afterEach(() => rmSync(home, { recursive: true }));

function linux(): ObsPlaces {
  return { platform: 'linux', environment: {}, home };
}

function write(path: string, text: string): void {
  const file = join(home, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** As OBS 30.2 and newer write it, with a password of their making. */
const NEW_SETTINGS = `{
    "alerts_enabled": false,
    "auth_required": true,
    "first_load": false,
    "server_enabled": true,
    "server_password": "Vd4Fw2BcXw1fTFpn",
    "server_port": 4466
}`;

/** As OBS 28 to 30.1 write it, on Windows with a mark at the beginning. */
const OLD_SETTINGS = `\uFEFF[General]
FirstRun=true

[BasicWindow]
ServerPort=1

[OBSWebSocket]
FirstLoad=false
ServerEnabled=true
ServerPort=4477
AlertsEnabled=false
AuthRequired=true
ServerPassword=a=b # \\\\ c

[Video]
ServerEnabled=false
`;

const NEW_FILE = 'obs-studio/plugin_config/obs-websocket/config.json';

describe('OBS on this machine', () => {
  it('is found by the settings of OBS 30.2 and newer', async () => {
    write(`.config/${NEW_FILE}`, NEW_SETTINGS);
    expect(await findLocalObs(linux())).toEqual({
      enabled: true,
      target: { address: 'ws://127.0.0.1:4466', password: 'Vd4Fw2BcXw1fTFpn' },
    });
  });

  it('is found by the settings of OBS 28 to 30.1, whatever is in the password', async () => {
    write('.config/obs-studio/global.ini', OLD_SETTINGS);
    expect(await findLocalObs(linux())).toEqual({
      enabled: true,
      target: { address: 'ws://127.0.0.1:4477', password: 'a=b # \\ c' },
    });
  });

  it('has the newer settings where both are', async () => {
    write('.config/obs-studio/global.ini', OLD_SETTINGS);
    write(`.config/${NEW_FILE}`, NEW_SETTINGS);
    expect((await findLocalObs(linux()))?.target.address).toBe('ws://127.0.0.1:4466');
  });

  it('is the Flatpak when only its server is on', async () => {
    write(`.config/${NEW_FILE}`, NEW_SETTINGS.replace('"server_enabled": true', '"server_enabled": false'));
    write(`.var/app/com.obsproject.Studio/config/${NEW_FILE}`, NEW_SETTINGS.replace('4466', '4499'));
    expect((await findLocalObs(linux()))?.target.address).toBe('ws://127.0.0.1:4499');
  });

  it('needs no password when OBS asks for none', async () => {
    write(`.config/${NEW_FILE}`, NEW_SETTINGS.replace('"auth_required": true', '"auth_required": false'));
    expect((await findLocalObs(linux()))?.target).toEqual({ address: 'ws://127.0.0.1:4466' });
  });

  it('says how to switch its server on, which OBS has off at first', async () => {
    write(`.config/${NEW_FILE}`, '{}');
    expect(await findLocalObs(linux())).toMatchObject({ enabled: false });
    await expect(localTarget(linux())).rejects.toMatchObject({
      code: 'OBS_UNREACHABLE',
      message: expect.stringContaining('Enable WebSocket server'),
    });
    rmSync(join(home, '.config'), { recursive: true });
    write('.config/obs-studio/global.ini', '[General]\nFirstRun=true\n');
    expect(await findLocalObs(linux())).toMatchObject({ enabled: false });
  });

  it('says so when there is none', async () => {
    expect(await findLocalObs(linux())).toBeUndefined();
    await expect(localTarget(linux())).rejects.toMatchObject({
      code: 'OBS_UNREACHABLE',
      message: expect.stringContaining('No OBS has been used on this computer'),
    });
  });

  it('names the file that cannot be understood', async () => {
    write(`.config/${NEW_FILE}`, NEW_SETTINGS.slice(0, 40));
    await expect(findLocalObs(linux())).rejects.toMatchObject({
      code: 'OBS_UNREACHABLE',
      message: expect.stringContaining('config.json'),
    });
  });

  it('is looked for where each system keeps settings', () => {
    expect(
      settingsFolders({ platform: 'linux', environment: { XDG_CONFIG_HOME: '/conf' }, home: '/h' })[0],
    ).toBe('/conf/obs-studio');
    expect(settingsFolders({ platform: 'darwin', environment: {}, home: '/Users/ada' })).toEqual([
      '/Users/ada/Library/Application Support/obs-studio',
    ]);
    const roaming = { APPDATA: 'C:/Users/ada/AppData/Roaming' };
    expect(settingsFolders({ platform: 'win32', environment: roaming, home: 'C:/Users/ada' })).toEqual([
      join('C:/Users/ada/AppData/Roaming', 'obs-studio'),
    ]);
  });
});
