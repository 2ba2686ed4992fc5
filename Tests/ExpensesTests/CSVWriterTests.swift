import Expenses
import Testing

@Suite struct CSVWriterTests {
    private func line(_ cells: [CSVWriter.Cell]) -> String {
        var bytes: [UInt8] = []
        CSVWriter.append(cells, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("Lunch", "Lunch"), ("", ""), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
        ("two\nlines", "\"two\nlines\""), ("Café Zoë ☕️", "Café Zoë ☕️"), (" blanks ", " blanks "),
    ])
    func `text is quoted where RFC 4180 needs it`(text: String, written: String) {
        #expect(line([.text(text)]) == written + "\r\n")
    }

    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+49 30", "'+49 30"), ("-5", "'-5"), ("@me", "'@me"), ("\tx", "'\tx"),
        ("\rx", "\"'\rx\""), ("'=1", "''=1"), ("''-1", "'''-1"), ("'tis", "'tis"), ("''", "''"),
        ("1=1", "1=1"), ("=a,b", "\"'=a,b\""),
    ])
    func `text that a spreadsheet would run gets one apostrophe in front`(text: String, written: String) {
        #expect(line([.text(text)]) == written + "\r\n")
    }

    @Test func `a negative amount gets no apostrophe`() {
        #expect(line([.plain("2026-11-23"), .plain("-12.50"), .text("-")]) == "2026-11-23,-12.50,'-\r\n")
    }
}
