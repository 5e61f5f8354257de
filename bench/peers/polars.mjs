// node polars.mjs ROWS OUTPUT : as duckdb.mjs, with Polars. POLARS_MAX_THREADS=1 keeps it to one thread.
import { createRequire } from 'node:module'
import { answer } from './answer.mjs'

const pl = createRequire(new URL('../../test/readers/', import.meta.url))('nodejs-polars')
const [, , rows, output] = process.argv
const frame = pl.readParquet(rows).rechunk()
await answer(`Polars (npm ${pl.version}), zstd`, () => frame.writeParquet(output, { compression: 'zstd' }))
