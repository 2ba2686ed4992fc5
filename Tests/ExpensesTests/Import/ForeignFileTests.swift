import Expenses
import Testing

@Suite struct ForeignFileTests {
    @Test func `files that are no table in text are recognised`() {
        func kind(_ text: String) -> ForeignFile? { ForeignFile(Array(text.utf8)) }
        #expect(kind("PK\u{3}\u{4}____xl/workbook.xml") == .workbook)
        #expect(kind("PK\u{3}\u{4}____notes.txt") == .archive)
        #expect(ForeignFile([0xD0, 0xCF, 0x11, 0xE0, 0xA1]) == .workbook)
        #expect(kind("%PDF-1.7") == .pdf)
        #expect(ForeignFile([0x89, 0x50, 0x4E, 0x47, 0x0D]) == .picture)
        #expect(kind("\n<!DOCTYPE html><table>") == .webPage)
        #expect(kind("<?xml version=\"1.0\"?><Document>") == .xml)
        #expect(kind("OFXHEADER:100") == .statement && kind("!Type:Bank\nD1/1") == .statement)
        #expect(kind("[{\"date\":1}]") == .json)
        #expect(ForeignFile([UInt8](repeating: 1, count: 100)) == .binary)
        #expect(kind("Date,Amount\n2026-01-31,5\n") == nil)
        #expect(ForeignFile(Array("Date;1\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] })) == nil)
    }
}
