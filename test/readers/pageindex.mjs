// node pageindex.mjs FILE : every page that the indexes of a Parquet file name, as hyparquet reads them, as JSON lines:
// row group, column, first row, null page, min, max, nulls. The column index is optional; its fields are then null.
import { asyncBufferFromFile, parquetMetadataAsync, parquetSchema } from 'hyparquet'
import { readColumnIndex, readOffsetIndex } from 'hyparquet/src/indexes.js'
import { cell, printer } from './canonical.mjs'

const file = await asyncBufferFromFile(process.argv[2])
const metadata = await parquetMetadataAsync(file)
const columns = parquetSchema(metadata).children
const out = printer()
await out.row(['row_group', 'column', 'first_row', 'null_page', 'min', 'max', 'nulls'])

async function read(offset, length) {
  const from = Number(offset)
  return { view: new DataView(await file.slice(from, from + Number(length))), offset: 0 }
}

for (const [group, { columns: chunks }] of metadata.row_groups.entries()) {
  for (const [column, chunk] of chunks.entries()) {
    const { page_locations: pages } = readOffsetIndex(await read(chunk.offset_index_offset, chunk.offset_index_length))
    const index = chunk.column_index_offset === undefined ? undefined : readColumnIndex(
      await read(chunk.column_index_offset, chunk.column_index_length), columns[column].element,
      { timestampFromMicroseconds: micros => micros, stringFromBytes: bytes => new TextDecoder().decode(bytes) })
    for (const [page, { first_row_index: first }] of pages.entries()) {
      const isNull = index?.null_pages[page]
      await out.row([group, column, first, isNull, isNull ? null : index?.min_values[page],
        isNull ? null : index?.max_values[page], index?.null_counts[page]].map(cell))
    }
  }
}
await out.flush()
