/// Numbers of lines, written shortly: `3 7-12`. However many lines the ranges span, it takes as much memory as its text.
package struct LineRanges: Hashable, Sendable, CustomStringConvertible {
    /// In order; none overlaps or touches another one.
    package let ranges: [ClosedRange<Int>]

    package init(_ lines: some Sequence<Int>) {
        ranges = LineRanges.joined(lines.map { $0...$0 })
    }

    /// Reads what `description` writes, and leaves out what makes no sense.
    package init(_ text: some StringProtocol) {
        ranges = LineRanges.joined(
            text.split(separator: " ").compactMap { part in
                let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
                guard ends.count <= 2, let first = ends.first ?? nil, let last = ends.last ?? nil,
                    first > 0, first <= last, last < Int.max
                else { return nil }
                return first...last
            })
    }

    private static func joined(_ ranges: [ClosedRange<Int>]) -> [ClosedRange<Int>] {
        var joined: [ClosedRange<Int>] = []
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = joined.last, range.lowerBound <= last.upperBound + 1 {
                joined[joined.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                joined.append(range)
            }
        }
        return joined
    }

    package func contains(_ line: Int) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < line { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(line)
    }

    package var description: String {
        ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
            .joined(separator: " ")
    }
}
