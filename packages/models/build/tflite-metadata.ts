import { Builder } from 'flatbuffers';
import { writeFloats, writeOffsets } from './flatbuffer-vector.ts';

/**
 * TFLite metadata: what a model's tensors mean, as a FlatBuffer of its own. MediaPipe's tasks refuse a model
 * without it, because they read from it how pixels become numbers.
 *
 * Field numbers below are those of `metadata_schema.fbs`
 * (tensorflow/tflite-support, tensorflow_lite_support/metadata/metadata_schema.fbs, Apache-2.0).
 */
export const METADATA_IDENTIFIER = 'M001';

/** Numbers are `(pixel - mean) / standardDeviation`, pixels being 0 to 255. */
export interface Normalization {
  readonly mean: number;
  readonly standardDeviation: number;
}

export interface TensorDescription {
  readonly name: string;
  readonly description: string;
}

export interface ModelDescription {
  readonly name: string;
  readonly description: string;
  readonly input: TensorDescription & { readonly normalization: Normalization };
  /** In the order in which the model gives them. */
  readonly outputs: readonly TensorDescription[];
}

/** `ContentProperties` and `ColorSpaceType`, `ProcessUnitOptions` of the schema: members of unions and enums. */
const FEATURE_PROPERTIES = 1;
const IMAGE_PROPERTIES = 2;
const COLOR_SPACE_RGB = 1;
const NORMALIZATION_OPTIONS = 1;

/** The first metadata parser that knows everything used here. */
const MINIMUM_PARSER_VERSION = '1.0.0';

/** The largest value of a pixel's channel. */
const PIXEL_MAXIMUM = 255;

/** Writes the metadata of a model with one RGB image as input. */
export function writeMetadata(model: ModelDescription): Uint8Array {
  const builder = new Builder(1024);
  const input = writeImageTensor(builder, model.input);
  const outputs = model.outputs.map((output) => writeFeatureTensor(builder, output));
  const inputs = writeOffsets(builder, [input]);
  const outputVector = writeOffsets(builder, outputs);
  // SubGraphMetadata: 2 input_tensor_metadata, 3 output_tensor_metadata.
  builder.startObject(4);
  builder.addFieldOffset(2, inputs, 0);
  builder.addFieldOffset(3, outputVector, 0);
  const subgraphs = writeOffsets(builder, [builder.endObject()]);
  const name = builder.createString(model.name);
  const description = builder.createString(model.description);
  const version = builder.createString('1');
  const author = builder.createString('MediaPipe');
  const license = builder.createString('Apache-2.0');
  const parser = builder.createString(MINIMUM_PARSER_VERSION);
  // ModelMetadata: 0 name, 1 description, 2 version, 3 subgraph_metadata, 4 author, 5 license, 7 min_parser_version.
  builder.startObject(8);
  builder.addFieldOffset(0, name, 0);
  builder.addFieldOffset(1, description, 0);
  builder.addFieldOffset(2, version, 0);
  builder.addFieldOffset(3, subgraphs, 0);
  builder.addFieldOffset(4, author, 0);
  builder.addFieldOffset(5, license, 0);
  builder.addFieldOffset(7, parser, 0);
  builder.finish(builder.endObject(), METADATA_IDENTIFIER);
  return builder.asUint8Array();
}

function writeImageTensor(builder: Builder, tensor: ModelDescription['input']): number {
  const { mean, standardDeviation } = tensor.normalization;
  // ImageProperties: 0 color_space.
  builder.startObject(2);
  builder.addFieldInt8(0, COLOR_SPACE_RGB, 0);
  const content = writeContent(builder, IMAGE_PROPERTIES, builder.endObject());
  // NormalizationOptions: 0 mean, 1 std.
  const means = writeFloats(builder, [mean]);
  const deviations = writeFloats(builder, [standardDeviation]);
  builder.startObject(2);
  builder.addFieldOffset(0, means, 0);
  builder.addFieldOffset(1, deviations, 0);
  const normalization = builder.endObject();
  // ProcessUnit: 0 options_type, 1 options.
  builder.startObject(2);
  builder.addFieldInt8(0, NORMALIZATION_OPTIONS, 0);
  builder.addFieldOffset(1, normalization, 0);
  const processUnits = writeOffsets(builder, [builder.endObject()]);
  // Stats: 0 max, 1 min; the range that normalisation leaves.
  const maximum = writeFloats(builder, [(PIXEL_MAXIMUM - mean) / standardDeviation]);
  const minimum = writeFloats(builder, [(0 - mean) / standardDeviation]);
  builder.startObject(2);
  builder.addFieldOffset(0, maximum, 0);
  builder.addFieldOffset(1, minimum, 0);
  const statistics = builder.endObject();
  return writeTensor(builder, tensor, content, processUnits, statistics);
}

function writeFeatureTensor(builder: Builder, tensor: TensorDescription): number {
  // FeatureProperties has no fields.
  builder.startObject(0);
  return writeTensor(builder, tensor, writeContent(builder, FEATURE_PROPERTIES, builder.endObject()), 0, 0);
}

/** Content: 0 content_properties_type, 1 content_properties. */
function writeContent(builder: Builder, kind: number, properties: number): number {
  builder.startObject(3);
  builder.addFieldInt8(0, kind, 0);
  builder.addFieldOffset(1, properties, 0);
  return builder.endObject();
}

/** TensorMetadata: 0 name, 1 description, 3 content, 4 process_units, 5 stats. An offset of 0 leaves a field out. */
function writeTensor(
  builder: Builder,
  tensor: TensorDescription,
  content: number,
  processUnits: number,
  statistics: number,
): number {
  const name = builder.createString(tensor.name);
  const description = builder.createString(tensor.description);
  builder.startObject(7);
  builder.addFieldOffset(0, name, 0);
  builder.addFieldOffset(1, description, 0);
  builder.addFieldOffset(3, content, 0);
  builder.addFieldOffset(4, processUnits, 0);
  builder.addFieldOffset(5, statistics, 0);
  return builder.endObject();
}
