import { ModelsError } from '../../src/models-error.ts';
import { Conversion } from './conversion.ts';
import { onnxOrder } from './layout.ts';
import { encodeOnnxModel } from './onnx-model.ts';
import { OPERATOR_MAPPERS } from './operators/index.ts';
import { readTfliteGraph } from './tflite-graph.ts';

/** What to make of a TFLite model. */
export interface NetworkDescription {
  readonly name: string;
  /** For people, kept in the file: what it was made of, and its licence. */
  readonly description: string;
  /** What the one input is called. */
  readonly input: string;
  /** What the outputs are called, in the order in which the model has them; undefined for one that is not wanted. */
  readonly outputs: ReadonlyArray<string | undefined>;
  /**
   * Numbers by which each of the input is multiplied, and then increased, before the network gets it; as it is where
   * this is left out.
   */
  readonly rescale?: { readonly factor: number; readonly offset: number };
}

/**
 * Converts a TFLite model with one image as input to an ONNX model. Images become [batch, channels, height, width];
 * what the wanted outputs do not need is left out; weights of 16 bits stay so. The same model gives the same bytes.
 *
 * @throws ModelsError `ASSET_INVALID` if it is no TFLite model, is cut short, or has an operator that is not known
 * here, which the message names
 */
export function convertToOnnx(model: Uint8Array, network: NetworkDescription): Uint8Array {
  try {
    return convert(model, network);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new ModelsError(
      'ASSET_INVALID',
      `${network.name}: the TFLite model is damaged or cut short at ${model.length} bytes; fetch it again.`,
      { cause },
    );
  }
}

function convert(model: Uint8Array, network: NetworkDescription): Uint8Array {
  const graph = readTfliteGraph(model);
  const [input, ...others] = graph.inputs;
  if (input === undefined || others.length > 0 || graph.outputs.length !== network.outputs.length) {
    throw new ModelsError(
      'ASSET_INVALID',
      `${network.name}: expected one input and ${network.outputs.length} outputs, found ${graph.inputs.length} and ${graph.outputs.length}.`,
    );
  }
  const conversion = new Conversion(graph, OPERATOR_MAPPERS);
  conversion.markWritten(input);
  if (network.rescale) {
    const { factor, offset } = network.rescale;
    const scaled = conversion.emit(
      'Mul',
      [network.input, conversion.scalar('input_factor', factor)],
      'scaled',
    );
    conversion.emit('Add', [scaled, conversion.scalar('input_offset', offset)], conversion.name(input));
  } else {
    conversion.rename(input, network.input);
  }
  const shapeOf = (index: number) => onnxOrder(conversion.tensor(index).shape);
  const wanted = graph.outputs.flatMap((index, place) => {
    const name = network.outputs[place];
    return name === undefined ? [] : [{ index, name }];
  });
  for (const { index, name } of wanted) conversion.rename(index, name);
  for (const { index } of wanted) conversion.value(index);
  return encodeOnnxModel(
    {
      name: network.name,
      inputs: [{ name: network.input, shape: shapeOf(input) }],
      outputs: wanted.map(({ index, name }) => ({ name, shape: shapeOf(index) })),
      nodes: conversion.nodes,
      initializers: conversion.initializers,
    },
    network.description,
  );
}
