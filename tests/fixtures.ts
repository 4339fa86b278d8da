export { fixtures } from '../scripts/fixtures.mjs';
