/**
 * Gives every row a column of its own so that the sum of the costs is the lowest there is: the assignment problem,
 * solved with shortest augmenting paths (Kuhn 1955, Jonker and Volgenant 1987). The simpler way, nearest pair
 * first, swaps people who pass close by one another.
 *
 * @param costs one array per row, all of one length, which is at least the number of rows; finite numbers
 * @returns the column of each row
 */
export function assign(costs: readonly (readonly number[])[]): number[] {
  const columns = costs[0]?.length ?? 0;
  // Prices turn costs into "how much dearer than the best there is"; pairs in use are at 0.
  const rowPrice = costs.map(() => 0);
  const columnPrice = new Float64Array(columns);
  const rowOf = new Int32Array(columns).fill(-1);

  for (let start = 0; start < costs.length; start += 1) {
    const reach = new Float64Array(columns).fill(Infinity);
    const comesFrom = new Int32Array(columns).fill(-1);
    const visited = new Uint8Array(columns);
    let column = -1;
    let row = start;
    do {
      let step = Infinity;
      let next = -1;
      for (let other = 0; other < columns; other += 1) {
        if (visited[other]) continue;
        const reduced = at(costs[row], other) - at(rowPrice, row) - at(columnPrice, other);
        if (reduced < at(reach, other)) {
          reach[other] = reduced;
          comesFrom[other] = column;
        }
        if (at(reach, other) < step) {
          step = at(reach, other);
          next = other;
        }
      }
      rowPrice[start] = at(rowPrice, start) + step;
      for (let other = 0; other < columns; other += 1) {
        if (visited[other]) {
          const owner = at(rowOf, other);
          rowPrice[owner] = at(rowPrice, owner) + step;
          columnPrice[other] = at(columnPrice, other) - step;
        } else {
          reach[other] = at(reach, other) - step;
        }
      }
      visited[next] = 1;
      column = next;
      row = at(rowOf, column);
    } while (row !== -1);

    // Every column on the path goes to the row before it; the last one was free.
    while (column !== -1) {
      const before = at(comesFrom, column);
      rowOf[column] = before === -1 ? start : at(rowOf, before);
      column = before;
    }
  }

  const columnOf = costs.map(() => -1);
  rowOf.forEach((row, column) => {
    if (row !== -1) columnOf[row] = column;
  });
  return columnOf;
}

function at(list: ArrayLike<number> | undefined, index: number): number {
  return list?.[index] as number;
}
