import type { CoachFrame, PoseFrame } from '@pose-coach/core';
import { createElement, type JSX } from 'react';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { PoseCoachIntrinsicElements } from './react.ts';

type PoseCoach = JSX.IntrinsicElements['pose-coach'];

describe('the elements in React', () => {
  it('are checked in JSX by their properties and events', () => {
    expectTypeOf<PoseCoach['mirror']>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<PoseCoach['fit']>().toEqualTypeOf<'contain' | 'cover' | 'crop' | undefined>();
    expectTypeOf<NonNullable<PoseCoach['onpose-frame']>>()
      .parameter(0)
      .toEqualTypeOf<CustomEvent<CoachFrame>>();
    expectTypeOf<JSX.IntrinsicElements['pose-skeleton']['frame']>().toEqualTypeOf<PoseFrame | undefined>();
    expectTypeOf<PoseCoach>().not.toHaveProperty('requestUpdate');
    expectTypeOf<PoseCoachIntrinsicElements>().not.toHaveProperty('pose-nothing');
  });

  it('take what React gives them', () => {
    const heard: number[] = [];
    const properties: PoseCoach = {
      mirror: false,
      'onpose-frame': (event) => heard.push(event.detail.frame.poses.length),
      style: { height: 300 },
    };
    expect(createElement('pose-coach', properties).props).toMatchObject({ mirror: false });
  });
});
