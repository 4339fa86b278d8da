import type { Reading } from '@pose-coach/core';
import type { DanceMoment, DancePart } from '../dance-part.ts';
import { type Flight, FlightDetector } from './flight-detector.ts';
import { LiveMovementDecision } from './live-movement.ts';
import { REST } from './movement-class.ts';
import { MovementEvidences } from './movement-evidence.ts';
import { MovementRecord, TICK } from './movement-record.ts';
import { type MovementSummary, summarizeMovement, type TakenFlight } from './movement-summary.ts';
import { RecentMovement } from './recent-movement.ts';

/** Jumps kept of a take; more are counted. */
const MOST_FLIGHTS = 5000;
/** Milliseconds without a motion after which nothing is known of what lies between. */
const LONGEST_STEP = 1000;

/**
 * `dance.movement` and `dance.jump`: what somebody is doing, ten times a second, and each jump with its height.
 *
 * Live, crouching follows a change after 0.4 s, standing after 1 s, walking after 2 s, dancing after 1 to 2 s (it must
 * not be walking), and jumping half a second after the highest point. The summary decides with what came after, too,
 * and so has the changes where they were.
 */
export class MovementPart implements DancePart<MovementSummary> {
  readonly #flightDetector = new FlightDetector();
  readonly #evidences = new MovementEvidences();
  readonly #recent = new RecentMovement();
  readonly #record = new MovementRecord();
  readonly #decision = new LiveMovementDecision();
  #flights: TakenFlight[] = [];
  #jumpCount = 0;
  /** Milliseconds at which the tenth of a second under way began, and what was seen in it. */
  #tick = Number.NaN;
  #energy = 0;
  #moments = 0;
  #reason = '';

  step({ frame, motion }: DanceMoment): readonly Reading[] {
    const { timestamp, poseId } = motion;
    const readings: Reading[] = [];
    const pose = frame.poses.find(({ id }) => id === poseId);
    const flight = pose && this.#flightDetector.step(frame.timestamp, pose, frame.width, frame.height);
    if (flight) {
      this.#remember(flight);
      this.#decision.jumped(flight);
      readings.push(jumpReading(flight, timestamp, poseId));
    }
    const { body, posture, walking } = this.#evidences.read(motion);
    if (timestamp - this.#tick > LONGEST_STEP) this.#tick = Number.NaN;
    if (Number.isNaN(this.#tick)) this.#tick = timestamp;
    let decided = flight !== undefined;
    while (timestamp >= this.#tick + TICK) {
      const energy = this.#moments > 0 ? this.#energy / this.#moments : Number.NaN;
      this.#recent.push(energy, posture, walking);
      this.#record.push(this.#tick, energy, posture, walking);
      this.#tick += TICK;
      this.#energy = 0;
      this.#moments = 0;
      decided = true;
    }
    if (body.known) {
      this.#energy += body.energy;
      this.#moments += 1;
    } else {
      this.#reason = body.reason;
    }
    if (decided) readings.push(this.#read(timestamp, poseId, motion.visibility));
    return readings;
  }

  reset(): void {
    this.#flightDetector.reset();
    this.#evidences.reset();
    this.#recent.reset();
    this.#record.interrupt();
    this.#decision.reset();
    this.#tick = Number.NaN;
    this.#energy = 0;
    this.#moments = 0;
    this.#reason = '';
  }

  finish(): MovementSummary {
    for (let last = this.#flightDetector.finish(); last; last = this.#flightDetector.finish())
      this.#remember(last);
    const summary = summarizeMovement(this.#record, this.#flights, this.#jumpCount);
    this.#record.clear();
    this.#flights = [];
    this.#jumpCount = 0;
    return summary;
  }

  #remember(flight: Flight): void {
    this.#jumpCount += 1;
    this.#record.leaveOutJump(flight.takeOff, flight.landing);
    if (this.#flights.length < MOST_FLIGHTS) this.#flights.push({ ...flight, piece: this.#record.piece });
  }

  #read(timestamp: number, poseId: number, visibility: number): Reading {
    const clues = this.#recent.clues();
    if (clues && clues.energy < REST[0] ** 2) this.#evidences.stand();
    const { movement, confidence, reason } = this.#decision.step(timestamp, clues, this.#reason);
    const about = { metric: 'dance.movement', timestamp, poseId };
    return movement === undefined
      ? { ...about, status: 'unknown', reason, confidence: 0 }
      : { ...about, status: 'ok', value: movement, confidence: confidence * Math.min(1, visibility + 0.3) };
  }
}

function jumpReading(
  { takeOff, landing, height, uncertainty, confidence }: Flight,
  now: number,
  poseId: number,
): Reading {
  return {
    metric: 'dance.jump',
    timestamp: Math.max(now, landing),
    start: takeOff,
    end: landing,
    poseId,
    status: 'ok',
    value: height,
    uncertainty,
    confidence,
  };
}
