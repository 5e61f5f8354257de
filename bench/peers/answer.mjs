// What all peers do once their rows are in memory: say who they are, then write and say how long it took, line by line.
import { createInterface } from 'node:readline'

export async function answer(name, write) {
  console.log(name)
  for await (const _ of createInterface({ input: process.stdin })) {
    const start = process.cpuUsage()
    await write()
    const { user, system } = process.cpuUsage(start)
    console.log((user + system) / 1e6)
  }
}
