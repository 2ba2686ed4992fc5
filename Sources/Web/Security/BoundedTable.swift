/// What is known of keys that clients choose, in a table with a largest size: a key lives in the set that its hash names, and
/// where that is full another one of the set gives way, so that no flood of names fills the memory. A set without keys takes
/// no memory of its own.
struct BoundedTable<Value> {
    typealias Key = SecretDigest.Key

    private static var entriesPerSet: Int { 8 }

    private var sets: [[(key: Key, value: Value)]]
    private let rank: @Sendable (Value) -> Int64

    /// `capacity`: keys at most. Of a full set the value with the lowest `rank` gives way.
    init(capacity: Int, rank: @escaping @Sendable (Value) -> Int64) {
        sets = Array(repeating: [], count: max(1, capacity / Self.entriesPerSet))
        self.rank = rank
    }

    subscript(_ key: Key) -> Value? {
        get { sets[set(of: key)].first { $0.key == key }?.value }
        set {
            let set = set(of: key)
            let place = sets[set].firstIndex { $0.key == key }
            guard let newValue else {
                if let place { sets[set].remove(at: place) }
                return
            }
            if let place {
                sets[set][place].value = newValue
            } else if sets[set].count < Self.entriesPerSet {
                sets[set].append((key, newValue))
            } else if let lowest = sets[set].indices.min(by: {
                rank(sets[set][$0].value) < rank(sets[set][$1].value)
            }) {
                sets[set][lowest] = (key, newValue)
            }
        }
    }

    private func set(of key: Key) -> Int { Int(key.low % UInt64(sets.count)) }
}
