/// The descriptions that a user has used last, as one text of the row of counters: the newest first, between them U+001E,
/// each as its number, the number of the newest expense with it, and itself.
///
/// It holds the newest of those short enough to be suggested, up to `most`. Where some have gone it may hold fewer, until it
/// is read from the table again.
struct LatestDescriptions: Hashable {
    struct Entry: Hashable {
        let id: Int64
        let newest: Int64
        let text: String
    }

    static let most = 32
    /// In Unicode scalars, as both engines count; longer descriptions are not suggested.
    static let longest = 100

    private static let separator: Unicode.Scalar = "\u{1E}"

    private(set) var entries: [Entry]
    /// Whether it has to be read from the table again, because others may belong into it.
    private(set) var isIncomplete = false

    /// `entries` are in their order.
    init(_ entries: [Entry]) { self.entries = entries }

    /// Nil for a text that is no such list.
    init?(_ text: String) {
        entries = []
        entries.reserveCapacity(LatestDescriptions.most)
        for part in text.utf8.split(separator: UInt8(ascii: LatestDescriptions.separator)) {
            let fields = part.split(separator: UInt8(ascii: " "), maxSplits: 2)
            guard fields.count == 3, let id = Int64(Substring(fields[0])),
                let newest = Int64(Substring(fields[1]))
            else { return nil }
            entries.append(Entry(id: id, newest: newest, text: String(Substring(fields[2]))))
        }
    }

    /// What is kept.
    var text: String {
        entries.map { "\($0.id) \($0.newest) \($0.text)" }.joined(separator: "\u{1E}")
    }

    /// Whether a description may be suggested.
    static func suggests(_ text: String) -> Bool {
        // A string of n bytes has no more than n scalars, and counting bytes is quicker.
        guard text.utf8.count <= longest || text.unicodeScalars.count <= longest else { return false }
        return !text.utf8.contains(UInt8(ascii: separator))
    }

    /// Puts a description to its place, or to a new one.
    mutating func note(_ entry: Entry) {
        entries.removeAll { $0.id == entry.id }
        guard LatestDescriptions.suggests(entry.text) else { return checkLength() }
        let place = entries.firstIndex { ($0.newest, $0.id) < (entry.newest, entry.id) }
        guard let place else {
            // Others, which are not in the list, may be newer.
            if entries.count < LatestDescriptions.most { isIncomplete = true }
            return
        }
        entries.insert(entry, at: place)
        if entries.count > LatestDescriptions.most { entries.removeLast() }
    }

    /// Takes out a description that is no more.
    mutating func remove(_ id: Int64) {
        guard let place = entries.firstIndex(where: { $0.id == id }) else { return }
        entries.remove(at: place)
        checkLength()
    }

    private mutating func checkLength() {
        if entries.count < LatestDescriptions.most / 2 { isIncomplete = true }
    }
}
