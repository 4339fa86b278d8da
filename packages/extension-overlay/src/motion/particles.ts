/** What flies: in stage pixels, pixels per second, milliseconds. */
export interface Launch {
  readonly x: number;
  readonly y: number;
  readonly velocityX: number;
  readonly velocityY: number;
  readonly size: number;
  readonly life: number;
  /** Which of the theme's pictures it is. */
  readonly kind: number;
}

/** How all particles of a theme fly. */
export interface Flight {
  /** Part of the velocity that is left after a second without anything else. */
  readonly drag: number;
  /** Pixels per second², downwards. */
  readonly gravity: number;
}

/** A fixed number of particles: when all fly, the oldest make room. Nothing is made anew while they fly. */
export class Particles {
  readonly #x: Float32Array;
  readonly #y: Float32Array;
  readonly #velocityX: Float32Array;
  readonly #velocityY: Float32Array;
  readonly #size: Float32Array;
  readonly #age: Float32Array;
  readonly #life: Float32Array;
  readonly #kind: Uint8Array;
  readonly #capacity: number;
  #next = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#x = new Float32Array(capacity);
    this.#y = new Float32Array(capacity);
    this.#velocityX = new Float32Array(capacity);
    this.#velocityY = new Float32Array(capacity);
    this.#size = new Float32Array(capacity);
    this.#age = new Float32Array(capacity);
    this.#life = new Float32Array(capacity);
    this.#kind = new Uint8Array(capacity);
  }

  /** How many fly. */
  get flying(): number {
    let count = 0;
    for (let index = 0; index < this.#capacity; index += 1) if (this.#flies(index)) count += 1;
    return count;
  }

  launch({ x, y, velocityX, velocityY, size, life, kind }: Launch): void {
    const index = this.#next;
    this.#next = (index + 1) % this.#capacity;
    this.#x[index] = x;
    this.#y[index] = y;
    this.#velocityX[index] = velocityX;
    this.#velocityY[index] = velocityY;
    this.#size[index] = size;
    this.#age[index] = 0;
    this.#life[index] = life;
    this.#kind[index] = kind;
  }

  /** Lets time go by: exactly, so that one long step leads where many short ones do. */
  step(elapsed: number, { drag, gravity }: Flight): void {
    const seconds = elapsed / 1000;
    const rate = -Math.log(drag);
    const left = Math.exp(-rate * seconds);
    const way = (1 - left) / rate;
    const fall = gravity / rate;
    for (let index = 0; index < this.#capacity; index += 1) {
      if (!this.#flies(index)) continue;
      this.#age[index] = (this.#age[index] ?? 0) + elapsed;
      const velocityX = this.#velocityX[index] ?? 0;
      const velocityY = this.#velocityY[index] ?? 0;
      this.#x[index] = (this.#x[index] ?? 0) + velocityX * way;
      this.#y[index] = (this.#y[index] ?? 0) + (velocityY - fall) * way + fall * seconds;
      this.#velocityX[index] = velocityX * left;
      this.#velocityY[index] = (velocityY - fall) * left + fall;
    }
  }

  clear(): void {
    this.#life.fill(0);
  }

  /** @param call is given each that flies; `fade` is 1 at its launch and 0 at its end */
  forEach(call: (x: number, y: number, size: number, fade: number, kind: number) => void): void {
    for (let index = 0; index < this.#capacity; index += 1) {
      if (!this.#flies(index)) continue;
      call(
        this.#x[index] ?? 0,
        this.#y[index] ?? 0,
        this.#size[index] ?? 0,
        1 - (this.#age[index] ?? 0) / (this.#life[index] ?? 1),
        this.#kind[index] ?? 0,
      );
    }
  }

  #flies(index: number): boolean {
    return (this.#age[index] ?? 0) < (this.#life[index] ?? 0);
  }
}
