// node duckdb.mjs ROWS OUTPUT : loads a Parquet file into a table, says its name, then for every line of its input writes
// the table to OUTPUT and answers with the seconds of processor time that took. DUCKDB_PARQUET adds options of COPY.
import { createRequire } from 'node:module'
import { answer } from './answer.mjs'

const { DuckDBInstance } = createRequire(new URL('../../test/readers/', import.meta.url))('@duckdb/node-api')
const [, , rows, output] = process.argv
const connection = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect()
await connection.run("SET TimeZone = 'UTC'")
await connection.run(`create table t as select * from read_parquet('${rows}')`)
const version = (await connection.runAndReadAll('select version()')).getRows()[0][0]
await answer(`DuckDB ${version}, zstd 3`, () => connection.run(
  `copy t to '${output}' (format parquet, compression zstd, compression_level 3${process.env.DUCKDB_PARQUET ?? ''})`))
