import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { inState, poseCoach, text } from './in-page.test-data.ts';

/** The browser's own cameras, of which there are none until `plugIn`. */
let plugIn: () => void;
let asked: MockInstance<MediaDevices['getUserMedia']>;
let listed: MockInstance<MediaDevices['enumerateDevices']>;

beforeEach(() => {
  const { mediaDevices } = navigator;
  asked = vi
    .spyOn(mediaDevices, 'getUserMedia')
    .mockRejectedValue(new DOMException('Requested device not found', 'NotFoundError'));
  listed = vi.spyOn(mediaDevices, 'enumerateDevices').mockResolvedValue([]);
  plugIn = () => {
    asked.mockRestore();
    listed.mockRestore();
    changed();
  };
});

afterEach(() => {
  document.body.replaceChildren();
  vi.restoreAllMocks();
});

/** What the browser tells whenever a microphone, a loudspeaker or a camera comes or goes. */
function changed(): void {
  navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
}

/** An element that was started and has found no camera, and has had a look at what there is. */
async function withoutCamera() {
  const element = await poseCoach({ source: 'camera', hands: false, autostart: true });
  await inState(element, 'error');
  await vi.waitFor(() => expect(listed).toHaveBeenCalledTimes(1));
  await new Promise((resolve) => setTimeout(resolve));
  return element;
}

describe('<pose-coach> without a camera', () => {
  it('says so, and starts by itself when one is plugged in', async () => {
    const element = await withoutCamera();
    expect(element.state).toMatchObject({ error: { code: 'CAMERA_NOT_FOUND' } });
    expect(text(element)).toContain('it starts by itself');
    plugIn();
    await inState(element, 'loading');
    await inState(element, 'running', 60_000);
    const { srcObject } = element.shadowRoot?.querySelector('video') ?? {};
    expect((srcObject as MediaStream).getVideoTracks()[0]?.readyState).toBe('live');
  });

  it('asks for none while only something else is plugged in', async () => {
    const element = await withoutCamera();
    const microphone = { kind: 'audioinput', deviceId: 'a', label: 'Microphone' } as MediaDeviceInfo;
    listed.mockResolvedValue([microphone]);
    changed();
    await vi.waitFor(() => expect(listed).toHaveBeenCalledTimes(2));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(asked).toHaveBeenCalledTimes(1);
    expect(element.state.status).toBe('error');
  });

  it.each([
    ['was stopped', (element: HTMLElementTagNameMap['pose-coach']) => element.stop(), 'idle'],
    ['left the page', (element: HTMLElementTagNameMap['pose-coach']) => element.remove(), 'idle'],
  ])('waits for none any more once it %s', async (_, leave, status) => {
    const element = await withoutCamera();
    leave(element);
    changed();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(listed).toHaveBeenCalledTimes(1);
    expect(asked).toHaveBeenCalledTimes(1);
    expect(element.state.status).toBe(status);
  });
});
