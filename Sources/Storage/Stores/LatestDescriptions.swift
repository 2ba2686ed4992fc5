/// The descriptions that a user has used last, as one text of the row of counters: the newest first, between them U+001E,
/// each as its number, the number of the newest expense with it, and itself.
///
/// It holds the newest of those short enough to be suggested, up to `most`. Where some have gone it may hold fewer, and where
/// less than half is left it is read from the table again: at once, or, where those are many, by `DescriptionSteps`. Every insert changes it: it is worked on as the bytes that it is.
struct LatestDescriptions: Hashable {
    struct Entry: Hashable {
        let id: Int64
        let newest: Int64
        let text: String

        fileprivate func append(to bytes: inout [UInt8]) {
            if !bytes.isEmpty { bytes.append(LatestDescriptions.separator) }
            bytes.append(contentsOf: String(id).utf8)
            bytes.append(UInt8(ascii: " "))
            bytes.append(contentsOf: String(newest).utf8)
            bytes.append(UInt8(ascii: " "))
            bytes.append(contentsOf: text.utf8)
        }
    }

    static let most = 24
    /// In Unicode scalars, as both engines count; longer descriptions are not suggested.
    static let longest = 100

    private static let separator: UInt8 = 0x1E

    /// What is kept.
    private(set) var text: String
    /// Whether others may belong into it, which are in the table alone.
    private(set) var isIncomplete = false
    /// Whether one of these is the one that was noted last.
    private(set) var leavesOutNoted = false

    /// What is kept.
    init(text: String) { self.text = text }

    /// `entries` are in their order.
    init(_ entries: [Entry]) {
        var bytes: [UInt8] = []
        for entry in entries { entry.append(to: &bytes) }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// Whether a description may be suggested.
    static func suggests(_ text: String) -> Bool {
        // A string of n bytes has no more than n scalars, and counting bytes is quicker.
        guard text.utf8.count <= longest || text.unicodeScalars.count <= longest else { return false }
        return !text.utf8.contains(separator)
    }

    /// All of them. Throws `StorageError.unreadable` where the text is no such list.
    var entries: [Entry] {
        get throws {
            let bytes = text.utf8Span.span
            var entries: [Entry] = []
            var parts = Parts(of: bytes)
            while let part = parts.next(in: bytes) {
                entries.append(
                    Entry(id: part.id, newest: part.newest, text: try part.description(in: bytes)))
            }
            return entries
        }
    }

    /// The first ones alone, for a page. Throws `StorageError.unreadable` where the text is no such list.
    func descriptions(upTo count: Int) throws -> [String] {
        let bytes = text.utf8Span.span
        var descriptions: [String] = []
        descriptions.reserveCapacity(count)
        var parts = Parts(of: bytes)
        while descriptions.count < count, let part = parts.next(in: bytes) {
            descriptions.append(try part.description(in: bytes))
        }
        return descriptions
    }

    /// Puts a description to its place, or to a new one.
    mutating func note(_ entry: Entry) {
        guard LatestDescriptions.suggests(entry.text) else { return remove(entry.id) }
        change(without: entry.id, with: entry)
    }

    /// Puts many to their places, each of which is given once.
    mutating func note(_ entries: [Entry]) {
        let sorted = entries.sorted { ($0.newest, $0.id) < ($1.newest, $1.id) }
        for entry in sorted where !LatestDescriptions.suggests(entry.text) { remove(entry.id) }
        // Of more than there is room for, those that are older would be pushed out again.
        let suggested = sorted.filter { LatestDescriptions.suggests($0.text) }.suffix(LatestDescriptions.most)
        for entry in suggested { note(entry) }
    }

    /// Takes out a description that is no more.
    mutating func remove(_ id: Int64) { change(without: id, with: nil) }

    /// Puts one that was looked for to its place, where there is room for it and none so new has been left out before, which
    /// `newest` tells. Returns the `newest` of one that is left out now, 0 where none is.
    mutating func collect(_ entry: Entry, notBelow newest: Int64) -> Int64 {
        guard LatestDescriptions.suggests(entry.text), entry.newest > newest,
            var entries = try? entries.filter({ $0.id != entry.id })
        else { return 0 }
        let place = entries.firstIndex { ($0.newest, $0.id) < (entry.newest, entry.id) } ?? entries.count
        entries.insert(entry, at: place)
        let leftOut = entries.dropFirst(LatestDescriptions.most).first?.newest ?? 0
        text = LatestDescriptions(Array(entries.prefix(LatestDescriptions.most))).text
        return leftOut
    }

    private mutating func change(without id: Int64, with entry: Entry?) {
        let before = text
        let bytes = before.utf8Span.span
        var changed: [UInt8] = []
        changed.reserveCapacity(bytes.count + 512)
        var (count, isRemoved) = (0, false)
        var added = entry
        var parts = Parts(of: bytes)
        while count < LatestDescriptions.most, let part = parts.next(in: bytes) {
            if part.id == id {
                isRemoved = true
                continue
            }
            if let new = added, (part.newest, part.id) < (new.newest, new.id) {
                new.append(to: &changed)
                added = nil
                count += 1
                if count == LatestDescriptions.most { break }
            }
            if !changed.isEmpty { changed.append(LatestDescriptions.separator) }
            for place in part.start..<part.end { changed.append(bytes[place]) }
            count += 1
        }
        // Where it would come last, others that are not in the list may be newer.
        if added != nil, count < LatestDescriptions.most {
            isIncomplete = true
            leavesOutNoted = true
        }
        if entry == nil, isRemoved, count < LatestDescriptions.most / 2 { isIncomplete = true }
        text = String(decoding: changed, as: UTF8.self)
    }

    /// Where an entry stands.
    private struct Part {
        let start: Int
        let end: Int
        /// Where the description begins.
        let text: Int
        let id: Int64
        let newest: Int64

        func description(in bytes: Span<UInt8>) throws -> String {
            guard id > 0, newest > 0, text < end,
                let description = try? UTF8Span(validating: bytes.extracting(text..<end))
            else { throw StorageError.unreadable(column: "latest") }
            return String(copying: description)
        }
    }

    /// The entries one after the other.
    private struct Parts {
        private var place = 0
        private let end: Int

        init(of bytes: Span<UInt8>) { end = bytes.count }

        mutating func next(in bytes: Span<UInt8>) -> Part? {
            guard place < end else { return nil }
            let start = place
            let id = number(in: bytes)
            let newest = number(in: bytes)
            let text = place
            while place < end, bytes[place] != LatestDescriptions.separator { place += 1 }
            defer { place += 1 }
            return Part(start: start, end: place, text: text, id: id, newest: newest)
        }

        /// The number at the place, and the blank behind it.
        private mutating func number(in bytes: Span<UInt8>) -> Int64 {
            var number: Int64 = 0
            while place < end, case let digit = bytes[place] &- UInt8(ascii: "0"), digit < 10 {
                number = number &* 10 &+ Int64(digit)
                place += 1
            }
            if place < end, bytes[place] == UInt8(ascii: " ") { place += 1 }
            return number
        }
    }
}
