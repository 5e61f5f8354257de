// node arrow.mjs FILE : the rows of an Arrow file as apache-arrow reads them, as JSON lines; the first names the columns.
// node arrow.mjs FILE schema : its columns: name, type, nullable; then its metadata: key, value, null.
// node arrow.mjs FILE write : writes an Arrow file of its own, then its rows.
import { readFileSync, writeFileSync } from 'node:fs'
import {
  Bool, compressionRegistry, CompressionType, DataType, Dictionary, Float64, Int8, Int32, Int64, RecordBatchReader,
  Table, TimestampMicrosecond, Utf8, tableToIPC, vectorFromArray,
} from 'apache-arrow'
import { decompress } from 'fzstd'
import { cell, printer } from './canonical.mjs'

// A copy, because fzstd may answer with a part of a larger array that is not aligned for 64-bit numbers.
compressionRegistry.set(CompressionType.ZSTD, { decode: bytes => decompress(bytes).slice() })
if (process.argv[3] === 'write') writeFileSync(process.argv[2], tableToIPC(ownTable(), 'file'))
const reader = RecordBatchReader.from(readFileSync(process.argv[2])).open()
const out = printer()

function ownTable() {
  const number = Array.from({ length: 1000 }, (_, i) => i)
  const texts = number.map(i => (i % 11 === 0 ? null : 'é' + (i % 50)))
  return new Table({
    b: vectorFromArray(number.map(i => (i % 7 === 0 ? null : i % 3 === 0)), new Bool()),
    i: vectorFromArray(number.map(i => (i % 5 === 0 ? null : i * 3 - 100)), new Int32()),
    l: vectorFromArray(number.map(i => BigInt(i) * 1000000000003n), new Int64()),
    d: vectorFromArray(number.map(i => i / 3), new Float64()),
    t: vectorFromArray(number.map(i => i * 1000), new TimestampMicrosecond('UTC')),
    s: vectorFromArray(texts, new Utf8()),
    c: vectorFromArray(texts, new Dictionary(new Utf8(), new Int32())),
    n: vectorFromArray(texts, new Dictionary(new Utf8(), new Int8())),
  })
}

// Four words, the lowest first; the number of units of the last digit.
const units = words => BigInt.asIntN(128, words.reduceRight((sum, word) => (sum << 32n) | BigInt(word >>> 0), 0n))

// As they are stored: the library's milliseconds are doubles, which lose microseconds far from the epoch.
function cells(data, field) {
  if (DataType.isTimestamp(field.type)) return row => (data.getValid(row) ? data.values[row] : null)
  const vector = data.vector
  if (DataType.isDecimal(field.type)) return row => (data.getValid(row) ? units(vector.get(row)) : null)
  return row => vector.get(row)
}

if (process.argv[3] === 'schema') {
  await out.row(['name', 'type', 'nullable'])
  for (const field of reader.schema.fields) await out.row([field.name, String(field.type), String(field.nullable)])
  for (const [key, value] of reader.schema.metadata) await out.row([key, value, null])
} else {
  await out.row(reader.schema.fields.map(field => field.name))
  for (const batch of reader) {
    const columns = reader.schema.fields.map((field, i) => {
      const vector = batch.getChildAt(i)
      return cells({ getValid: row => vector.data[0].getValid(row), values: vector.data[0].values, vector }, field)
    })
    for (let row = 0; row < batch.numRows; row++) await out.row(columns.map(at => cell(at(row))))
  }
}
await out.flush()
