// node duckdb.mjs SQL : what DuckDB answers, as JSON lines; the first line names the columns.
import { DuckDBInstance } from '@duckdb/node-api'
import { cell, printer } from './canonical.mjs'

const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
await connection.run("SET TimeZone = 'UTC'")
const result = await connection.stream(process.argv[2])
const out = printer()
await out.row(result.columnNames())
for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
  for (const row of chunk.getRows()) await out.row(row.map(cell))
}
await out.flush()
