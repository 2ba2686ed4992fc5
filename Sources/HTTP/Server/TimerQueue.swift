/// At most one time for each place: a binary heap, the earliest on top, that knows where each place stands in it.
struct TimerQueue {
    private static let absent: UInt32 = .max
    /// Memory for so many entries is kept in any case.
    private static let leastCapacity = 64

    private var heap: [(time: Int64, place: UInt32)] = []
    /// The index in `heap` of each place.
    private var indices: [UInt32] = []

    var earliest: Int64? { heap.first?.time }
    var count: Int { heap.count }

    /// The place's time from now on, whatever it was.
    mutating func set(_ place: UInt32, to time: Int64) {
        while indices.count <= place { indices.append(Self.absent) }
        let index = indices[Int(place)]
        guard index != Self.absent else {
            heap.append((time, place))
            return rise(from: heap.count - 1)
        }
        heap[Int(index)].time = time
        sink(from: Int(index))
        rise(from: Int(indices[Int(place)]))
    }

    mutating func remove(_ place: UInt32) {
        guard place < indices.count, indices[Int(place)] != Self.absent else { return }
        let index = Int(indices[Int(place)])
        indices[Int(place)] = Self.absent
        let last = heap.removeLast()
        if index < heap.count {
            put(last, at: index)
            sink(from: index)
            rise(from: Int(indices[Int(last.place)]))
        }
        // What a crowd has needed is given back when it has gone.
        guard heap.capacity > Self.leastCapacity, heap.count < heap.capacity / 8 else { return }
        var smaller: [(time: Int64, place: UInt32)] = []
        smaller.reserveCapacity(heap.count * 2)
        smaller += heap
        heap = smaller
    }

    /// Takes the earliest away if its time has come.
    mutating func popExpired(at now: Int64) -> UInt32? {
        guard let first = heap.first, first.time <= now else { return nil }
        remove(first.place)
        return first.place
    }

    private mutating func put(_ entry: (time: Int64, place: UInt32), at index: Int) {
        heap[index] = entry
        indices[Int(entry.place)] = UInt32(index)
    }

    private mutating func rise(from index: Int) {
        let entry = heap[index]
        var index = index
        while index > 0, heap[(index - 1) / 2].time > entry.time {
            put(heap[(index - 1) / 2], at: index)
            index = (index - 1) / 2
        }
        put(entry, at: index)
    }

    private mutating func sink(from index: Int) {
        let entry = heap[index]
        var index = index
        while 2 * index + 1 < heap.count {
            var child = 2 * index + 1
            if child + 1 < heap.count, heap[child + 1].time < heap[child].time { child += 1 }
            guard heap[child].time < entry.time else { break }
            put(heap[child], at: index)
            index = child
        }
        put(entry, at: index)
    }
}
