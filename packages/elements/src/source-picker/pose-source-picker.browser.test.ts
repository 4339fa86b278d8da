import { afterEach, describe, expect, it } from 'vitest';
import { expectAccessible } from '../base/accessibility-audit.test-data.ts';
import './pose-source-picker.ts';
import type { PoseSourcePickerElement } from './pose-source-picker.ts';
import type { SourceRequest } from './source-request.ts';

const CAMERAS = [
  { deviceId: 'a', label: 'Front camera' },
  { deviceId: 'b', label: 'OBS Virtual Camera' },
];

afterEach(() => document.body.replaceChildren());

async function picker(changes: Partial<PoseSourcePickerElement> = {}) {
  const element = document.createElement('pose-source-picker');
  Object.assign(element, changes);
  const requests: SourceRequest[] = [];
  document.body.addEventListener('pose-source-request', (event) => requests.push(event.detail));
  document.body.append(element);
  await element.updateComplete;
  const select = element.shadowRoot?.querySelector('select');
  const input = element.shadowRoot?.querySelector('input');
  const button = element.shadowRoot?.querySelector('button');
  if (!select || !input || !button) throw new Error('Something is missing in the picker.');
  return { element, requests, select, input, button };
}

describe('<pose-source-picker>', () => {
  it('passes the accessibility audit', async () => {
    const { element } = await picker({ cameras: CAMERAS, selected: 'camera', deviceId: 'b' });
    await expectAccessible(element);
  });

  it('offers the cameras it was given, and marks the one in use', async () => {
    const { select } = await picker({ cameras: CAMERAS, selected: 'camera', deviceId: 'b' });
    expect([...select.options].map((option) => option.textContent?.trim())).toEqual([
      'Choose a camera',
      'Default camera',
      'Front camera',
      'OBS Virtual Camera',
    ]);
    expect(select.selectedOptions[0]?.textContent?.trim()).toBe('OBS Virtual Camera');
  });

  it('asks for the camera that is chosen', async () => {
    const { select, requests } = await picker({ cameras: CAMERAS });
    select.value = 'id:b';
    select.dispatchEvent(new Event('change'));
    select.value = 'default';
    select.dispatchEvent(new Event('change'));
    expect(requests).toEqual([{ kind: 'camera', deviceId: 'b' }, { kind: 'camera' }]);
  });

  it('asks for the file that is chosen, also for the same one twice', async () => {
    const { input, requests } = await picker();
    const file = new File(['x'], 'dance.mp4');
    for (let count = 0; count < 2; count++) {
      const files = new DataTransfer();
      files.items.add(file);
      input.files = files.files;
      input.dispatchEvent(new Event('change'));
      expect(input.value).toBe('');
    }
    expect(requests.map((request) => request.kind === 'file' && request.file.name)).toEqual([
      'dance.mp4',
      'dance.mp4',
    ]);
  });

  it('asks for the sample, and keeps nothing of it', async () => {
    const { element, button, requests } = await picker({ selected: 'camera' });
    button.click();
    expect(requests).toEqual([{ kind: 'sample' }]);
    await element.updateComplete;
    expect(button.getAttribute('aria-pressed')).toBe('false');
    element.selected = 'sample';
    await element.updateComplete;
    expect(button.getAttribute('aria-pressed')).toBe('true');
  });
});
