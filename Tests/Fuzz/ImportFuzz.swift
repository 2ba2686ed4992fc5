/// Any bytes are a file to import: each line becomes a row, a problem, or nothing, and what is a row can be written and
/// read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ size: Int) -> CInt {
    let file = Array(UnsafeBufferPointer(start: data, count: size))
    let preferences = Preferences()
    guard let reading = try? ImportReading(of: file, preferences) else { return 0 }
    precondition(reading.rows.count + reading.leftOut.count <= size)

    // Whatever is chosen, it is read; the last bytes say what.
    var choices = ImportChoices()
    for (column, byte) in zip(ImportChoices.Column.allCases, file.suffix(7)) where byte % 3 > 0 {
        choices.columns[column] = byte % 3 == 1 ? Int(byte) / 3 % 12 - 1 : .some(nil)
    }
    choices.hasHeader = size % 3 == 0 ? nil : size % 3 == 1
    _ = try? ImportReading(of: file, preferences, choices: choices)

    var bytes: [UInt8] = []
    CSVWriter.append(["date", "amount", "category", "description"].map { .plain($0) }, to: &bytes)
    for row in reading.rows {
        CSVWriter.append(
            [
                .plain(row.day.description), .plain(row.amount.decimal(in: preferences.currency)),
                .text(row.category), .text(row.description),
            ], to: &bytes)
    }
    guard let again = try? ImportReading(of: bytes, preferences) else { fatalError("more rows than before") }
    precondition(again.leftOut.isEmpty && again.rows.count == reading.rows.count)
    for (row, copy) in zip(reading.rows, again.rows) {
        precondition(row.day == copy.day && row.amount == copy.amount)
        precondition(Array(row.description.utf8) == Array(copy.description.utf8))
    }
    return 0
}
