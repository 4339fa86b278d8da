// The parts that both ways of running them are tried with. What they are told they show as colours, whose red, green
// and blue are numbers from 0 to 255, because a picture is all that a test can see of an isolated one.

/** @typedef {import('../../api/overlay-api.ts').OverlayPart} OverlayPart */
/** @typedef {import('../../api/overlay-api.ts').OverlayCanvas} OverlayCanvas */
/** @typedef {import('../../api/overlay-api.ts').OverlayMoment} OverlayMoment */

/** @param {OverlayCanvas} canvas @param {OverlayMoment} moment @param {number[]} numbers */
function fill(canvas, { size }, [red = 0, green = 0, blue = 0]) {
  canvas.fillStyle = `rgb(${red}, ${green}, ${blue})`;
  canvas.fillRect(0, 0, size.width, size.height);
}

/** Lines, curves, colours over one another, and a hole. @returns {OverlayPart} */
function shapes() {
  return {
    paint(canvas, { settings, size }) {
      canvas.fillStyle = String(settings.color);
      canvas.fillRect(0, 0, size.width / 2, size.height);
      canvas.fillStyle = 'rgb(0 0 255 / 50%)';
      canvas.beginPath();
      canvas.arc(size.width * 0.6, size.height / 2, size.height / 3, 0, 2 * Math.PI);
      canvas.fill();
      canvas.clearRect(5, 5, 10, 10);
      canvas.strokeStyle = 'black';
      canvas.lineWidth = 3;
      canvas.beginPath();
      canvas.moveTo(20, 10);
      canvas.lineTo(size.width - 10, size.height - 5);
      canvas.stroke();
      // What is left over must not be there at the next painting.
      canvas.globalAlpha = 0.5;
      canvas.translate(30, 0);
    },
  };
}

/** How many events it was told of; whether they came in their order and the time adds up; how many metres it sees. @returns {OverlayPart} */
function told() {
  let events = 0;
  let time = 0;
  /** @type {number | undefined} */
  let first;
  let right = true;
  return {
    paint(canvas, moment) {
      first ??= moment.now;
      time += moment.elapsed;
      for (const { value } of moment.events) {
        right &&= value === events;
        events += 1;
      }
      right &&= time === moment.now - first;
      const bodies = [...(moment.frame?.poses ?? []), ...(moment.frame?.hands ?? [])];
      const metres = bodies.reduce((sum, { worldLandmarks }) => sum + worldLandmarks.length, 0);
      fill(canvas, moment, [events, right ? 255 : 0, metres]);
    },
  };
}

/** How many metrics are declared, and how many of them are read. @returns {OverlayPart} */
function metrics() {
  return {
    paint(canvas, moment) {
      const declared = Object.keys(moment.metrics);
      fill(canvas, moment, [declared.length, declared.filter((id) => id in moment.readings).length, 0]);
    },
  };
}

/** @returns {OverlayPart} */
function bare() {
  return {
    paint(canvas, moment) {
      fill(canvas, moment, [canvas.canvas.width % 256, canvas.canvas.height % 256, 0]);
    },
  };
}

/** @type {import('../../api/overlay-api.ts').OverlayModule['activateOverlay']} */
export async function activateOverlay({ widgets, themes, asset, log }) {
  const note = new Uint8Array(await asset('./note.txt'));
  const refusal = await asset('./other.txt').catch(({ code }) => code);

  widgets.register('test.shapes', { create: shapes });
  widgets.register('test.told', { create: told });
  widgets.register('test.bare', { create: bare });
  widgets.register('test.metrics', { create: metrics });
  widgets.register('test.asset', {
    create: () => ({
      paint: (canvas, moment) => fill(canvas, moment, [note.length, refusal === 'ASSET_NOT_FOUND' ? 255 : 0]),
    }),
  });
  widgets.register('test.scattered', {
    create: ({ createCanvas, random }) => {
      const kept = createCanvas(100, 50);
      const beside = kept.getContext('2d');
      for (let index = 0; index < 30; index += 1) {
        beside?.fillRect(Math.floor(random() * 100), Math.floor(random() * 50), 4, 4);
      }
      return { paint: (canvas) => canvas.drawImage(kept, 0, 0) };
    },
  });
  widgets.register('test.throws', {
    create: () => {
      let paintings = 0;
      return {
        paint(canvas, moment) {
          fill(canvas, moment, [200, 0, 0]);
          paintings += 1;
          if (paintings === 3) throw new Error('the third is one too many');
        },
      };
    },
  });
  widgets.register('test.hangs', {
    create: () => ({
      paint(canvas, moment) {
        fill(canvas, moment, [0, 200, 0]);
        for (;;);
      },
    }),
  });
  widgets.register('test.floods', {
    create: () => ({
      paint(canvas, moment) {
        for (let line = 0; line < 10_000; line += 1) log.info(`line ${line}`);
        fill(canvas, moment, [0, 0, 200]);
      },
    }),
  });
  // What comes of trying to get away: how many of these names lead anywhere.
  const ways = [
    'fetch',
    'WebSocket',
    'XMLHttpRequest',
    'RTCPeerConnection',
    'document',
    'Worker',
    'indexedDB',
  ];
  widgets.register('test.walks', {
    create: () => ({
      paint: (canvas, moment) =>
        fill(canvas, moment, [
          ways.filter((name) => Reflect.get(globalThis, name) !== undefined).length,
          255,
        ]),
    }),
  });
  themes.register('test.theme', {
    create: () => ({
      paint: (canvas, moment) => fill(canvas, moment, [moment.skeleton?.trails.length ?? 0, 0, 100]),
    }),
  });
  log.info('activated');
}
