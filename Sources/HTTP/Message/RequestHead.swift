/// The bytes of a request line and its header section, with an index of where each part lies.
///
/// The parser that makes one writes to it while nobody else has a reference; afterwards it is only read, and it
/// is used again for another request only when `isKnownUniquelyReferenced` says that the last reader has gone.
/// That is what makes `@unchecked Sendable` true.
package final class RequestHead: @unchecked Sendable {
    /// A part of `bytes`. Two bytes an end are enough: `Limits` keeps a head below 64 KiB.
    struct Extent {
        var start: UInt16 = 0
        var end: UInt16 = 0

        init() {}

        init(_ start: Int, _ end: Int) {
            self.start = UInt16(start)
            self.end = UInt16(end)
        }

        var range: Range<Int> { Int(start)..<Int(end) }
        var count: Int { Int(end) - Int(start) }
    }

    struct FieldExtent {
        var name: Extent
        var value: Extent
    }

    package init() {}

    var bytes: [UInt8] = []
    var target = Extent()
    var path = Extent()
    var fields: [FieldExtent] = []

    /// Forgets the request and keeps the memory.
    func clear() {
        bytes.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
        target = Extent()
        path = Extent()
    }

    func store(_ head: Span<UInt8>) {
        bytes.append(head)
    }

    /// Bytes that are not UTF-8 come out as U+FFFD.
    func text(_ extent: Extent) -> String {
        String(decoding: bytes[extent.range], as: UTF8.self)
    }

    /// The value of the first field of that name, of any case.
    func firstValue(of name: String) -> String? {
        for field in fields where isName(field.name, name) { return text(field.value) }
        return nil
    }

    func values(of name: String) -> [String] {
        fields.filter { isName($0.name, name) }.map { text($0.value) }
    }

    var fieldList: [Headers.Field] {
        fields.map { Headers.Field(name: text($0.name), receivedValue: text($0.value)) }
    }

    private func isName(_ extent: Extent, _ name: String) -> Bool {
        guard extent.count == name.utf8.count else { return false }
        var index = Int(extent.start)
        for byte in name.utf8 {
            if bytes[index].lowercased != byte.lowercased { return false }
            index += 1
        }
        return true
    }
}
