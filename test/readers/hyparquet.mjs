// node hyparquet.mjs FILE : the rows of a Parquet file as hyparquet reads them, as JSON lines; the first names the columns.
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead, parquetSchema } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import { cell, printer } from './canonical.mjs'

const file = await asyncBufferFromFile(process.argv[2])
const metadata = await parquetMetadataAsync(file)
const out = printer()
await out.row(parquetSchema(metadata).children.map(child => child.element.name))
let rows = []
await parquetRead({
  file,
  metadata,
  compressors,
  // As they are stored: a JavaScript Date would drop the microseconds.
  parsers: { timestampFromMicroseconds: micros => micros },
  onComplete: read => { rows = read },
})
for (const row of rows) await out.row(row.map(cell))
await out.flush()
