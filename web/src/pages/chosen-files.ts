// What somebody has chosen to be verified. Nothing is imported here: the page itself needs this much of the verifier, and
// the rest is the worker's.

/** Tells the receipts among chosen files from the file of an election. */
export async function sorted(files: readonly File[]): Promise<{ election: File | undefined; receipts: string[] }> {
  const receipts: string[] = [];
  let election: File | undefined;
  for (const file of files) {
    const isReceipt = (await file.slice(0, 22).text()) === "c2sp.org/tlog-proof@v1";
    if (isReceipt) receipts.push(await file.text());
    else election = file;
  }
  return { election, receipts };
}
