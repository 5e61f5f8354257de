// node scan.mjs SQL ROUNDS : what one DuckDB thread takes for a query, as JSON lines: the names of the columns, then of
// the fastest round the answer, its processor time and its time in milliseconds.
import { DuckDBInstance } from '@duckdb/node-api'
import { cell, printer } from './canonical.mjs'

const connection = await (await DuckDBInstance.create(':memory:')).connect()
await connection.run('SET threads = 1')
let best
for (let round = 0; round < Number(process.argv[3]); round++) {
  const [cpu, start] = [process.cpuUsage(), performance.now()]
  const result = await connection.runAndReadAll(process.argv[2])
  const [elapsed, used] = [performance.now() - start, process.cpuUsage(cpu)]
  const spent = (used.user + used.system) / 1000
  if (!best || spent < best[1]) best = [result.getRows()[0].map(cell).join(' '), spent, elapsed]
}
const out = printer()
await out.row(['answer', 'cpu_ms', 'elapsed_ms'])
await out.row(best.map(cell))
await out.flush()
