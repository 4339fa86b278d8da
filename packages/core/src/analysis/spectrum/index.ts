export { nextPowerOfTwo, RealSpectrum } from './real-spectrum.ts';
