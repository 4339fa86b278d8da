export { formatNumber, formatValue, unitBehind } from '@pose-coach/core/analysis';
