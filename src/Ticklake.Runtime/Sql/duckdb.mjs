// Runs by npm's DuckDB what standard input says: {"views": "…", "sql": "…"}. Prints JSON lines: the columns with their
// kinds, then a row of texts and nulls each. The package is looked for from TICKLAKE_DUCKDB_FOLDER.
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'

const kinds = {
  BOOLEAN: 'Boolean',
  TINYINT: 'Int64', SMALLINT: 'Int64', INTEGER: 'Int64', BIGINT: 'Int64', UTINYINT: 'Int64', USMALLINT: 'Int64', UINTEGER: 'Int64',
  FLOAT: 'Double', DOUBLE: 'Double',
}

function text(value) {
  if (value === null || value === undefined) return null
  if (Object.is(value, -0)) return '-0'
  return String(value)
}

async function put(rows) {
  if (rows.length === 0) return
  const lines = rows.map(row => JSON.stringify(row)).join('\n') + '\n'
  if (!process.stdout.write(lines)) await new Promise(done => process.stdout.once('drain', done))
}

try {
  const { views, sql } = JSON.parse(readFileSync(0, 'utf8'))
  const { DuckDBInstance } = createRequire(process.env.TICKLAKE_DUCKDB_FOLDER + '/')('@duckdb/node-api')
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  await connection.run("SET TimeZone = 'UTC'")
  await connection.run(views)
  const statements = await connection.extractStatements(sql)
  for (let i = 0; i + 1 < statements.count; i++) await (await statements.prepare(i)).run()
  const result = await (await statements.prepare(statements.count - 1)).stream()
  const names = result.columnNames()
  await put([names.map((name, i) => [name, kinds[String(result.columnType(i))] ?? 'Utf8'])])
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    await put(chunk.getRows().map(row => row.map(text)))
  }
} catch (fault) {
  process.stderr.write((fault?.message ?? String(fault)) + '\n')
  process.exitCode = 1
}
