/// The bytes of a request line and its header section, with an index of where each part lies.
///
/// It is written once, by the parser that it was given to, while nobody else has a reference; it is used again for
/// another request only when `isKnownUniquelyReferenced` says that the last reader has gone. That is what makes
/// `@unchecked Sendable` true.
package final class RequestHead: @unchecked Sendable {
    /// A part of `bytes`.
    struct Extent {
        var start: UInt32 = 0
        var end: UInt32 = 0

        init() {}

        init(_ start: Int, _ end: Int) {
            self.start = UInt32(start)
            self.end = UInt32(end)
        }

        var range: Range<Int> { Int(start)..<Int(end) }
        var count: Int { Int(end) - Int(start) }
    }

    struct FieldExtent {
        var name: Extent
        var value: Extent
    }

    struct Contents {
        var bytes: [UInt8] = []
        var target = Extent()
        var path = Extent()
        var fields: [FieldExtent] = []
    }

    private var contents = Contents()

    package init() {}

    /// Hands its memory over, emptied, to be filled.
    func takeContents() -> Contents {
        var taken = Contents()
        swap(&taken, &contents)
        taken.bytes.removeAll(keepingCapacity: true)
        taken.fields.removeAll(keepingCapacity: true)
        return taken
    }

    func fill(with contents: consuming Contents) {
        self.contents = contents
    }

    var target: String { contents.text(contents.target) }
    var path: String { contents.text(contents.path) }

    func text(_ extent: Extent) -> String {
        contents.text(extent)
    }

    /// The value of the first field of that name, of any case.
    func firstValue(of name: String) -> String? {
        let contents = contents
        for field in contents.fields where contents.isName(field.name, name) {
            return contents.text(field.value)
        }
        return nil
    }

    func values(of name: String) -> [String] {
        let contents = contents
        return contents.fields.filter { contents.isName($0.name, name) }.map { contents.text($0.value) }
    }

    var fieldList: [Headers.Field] {
        let contents = contents
        return contents.fields.map {
            Headers.Field(name: contents.text($0.name), value: contents.text($0.value))
        }
    }
}

extension RequestHead.Contents {
    /// Bytes that are not UTF-8 come out as U+FFFD.
    fileprivate func text(_ extent: RequestHead.Extent) -> String {
        String(decoding: bytes[extent.range], as: UTF8.self)
    }

    fileprivate func isName(_ extent: RequestHead.Extent, _ name: String) -> Bool {
        guard extent.count == name.utf8.count else { return false }
        var index = Int(extent.start)
        for byte in name.utf8 {
            if bytes[index].lowercased != byte.lowercased { return false }
            index += 1
        }
        return true
    }
}
