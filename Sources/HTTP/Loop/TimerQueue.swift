/// What is to happen at a time: a binary heap, the earliest on top.
struct TimerQueue<Element> {
    private var heap: [(time: Int64, element: Element)] = []

    var earliest: Int64? { heap.first?.time }

    mutating func add(_ element: Element, at time: Int64) {
        heap.append((time, element))
        var child = heap.count - 1
        while child > 0, heap[(child - 1) / 2].time > heap[child].time {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes the earliest away if its time has come.
    mutating func popExpired(at now: Int64) -> (time: Int64, element: Element)? {
        guard let first = heap.first, first.time <= now else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].time < heap[least].time { least = child }
            }
            if least == parent { return first }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
