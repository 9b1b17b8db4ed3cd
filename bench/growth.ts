/** What something of a size costs. */
export interface Point {
  readonly size: number;
  readonly cost: number;
}

/**
 * The power of the size with which the cost grows: the slope of the line through the logarithms, by least squares. 1 is
 * linear; less is a cost of which a part does not depend on the size. Throws if there are not two sizes.
 */
export function exponentOf(points: readonly Point[]): number {
  const logs = points.map(({ size, cost }) => ({ x: Math.log(size), y: Math.log(cost) }));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middleX, middleY] = [mean(logs.map(({ x }) => x)), mean(logs.map(({ y }) => y))];
  const spread = logs.reduce((sum, { x }) => sum + (x - middleX) ** 2, 0);
  if (!(spread > 0)) throw new Error("growth needs two sizes");
  return logs.reduce((sum, { x, y }) => sum + (x - middleX) * (y - middleY), 0) / spread;
}
