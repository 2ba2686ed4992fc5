/// Whether bytes keep coming, or going: so many in any so long time, exact to a thirtieth of them.
struct Pace {
    private static let pieces = 30

    /// Bytes.
    private let piece: Int
    /// Milliseconds, as all times here.
    private let window: Int64
    /// When each of the last `pieces` pieces was complete; the oldest is at `next`.
    private var times: [Int64]
    private var next = 0
    /// Bytes of the piece that is not complete.
    private var rest = 0

    /// `amount` bytes in any `window`, from `start` on.
    init(_ amount: Int, in window: Int64, from start: Int64) {
        piece = max(1, amount / Self.pieces)
        self.window = window
        times = Array(repeating: start, count: Self.pieces)
    }

    /// When there will have been too few bytes if none come.
    var deadline: Int64 { times[next] + window }

    mutating func note(_ bytes: Int, at now: Int64) {
        rest += bytes
        for _ in 0..<min(rest / piece, Self.pieces) {
            times[next] = now
            next = (next + 1) % Self.pieces
        }
        rest %= piece
    }
}
