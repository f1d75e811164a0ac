const atOnce = 4

/** Does one thing to each of many, a few at a time. */
export async function inTurns<T>(many: readonly T[], work: (one: T, index: number) => Promise<unknown>) {
  const left = many.entries()
  const turn = async () => {
    for (const [index, one] of left) await work(one, index)
  }
  await Promise.all(Array.from({ length: atOnce }, turn))
}
