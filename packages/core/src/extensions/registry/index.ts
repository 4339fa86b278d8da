export { activationOrder } from './activation-order.ts';
export { type NamedPoint, Registry } from './registry.ts';
