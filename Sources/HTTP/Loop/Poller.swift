import CLinux
import Platform

/// An epoll instance (epoll(7)). Everything is registered once, edge-triggered, with a token that comes back with
/// its events: no system call is spent on changing what is waited for.
@safe
struct Poller: ~Copyable {
    struct Event {
        let token: UInt64
        private let bits: UInt32

        fileprivate init(_ event: epoll_event) {
            // `add` has set this member of the union.
            token = unsafe event.data.u64
            bits = unsafe event.events
        }

        /// There may be something to read: bytes, the end, or an error.
        var isReadable: Bool { has(EPOLLIN) || endsReading || isGone }
        var isWritable: Bool { has(EPOLLOUT) || isGone }
        /// The peer sends no more.
        var endsReading: Bool { has(EPOLLRDHUP) }
        /// The connection is dead in both directions.
        var isGone: Bool { has(EPOLLHUP) || has(EPOLLERR) }

        private func has(_ flag: EPOLL_EVENTS) -> Bool { bits & flag.rawValue != 0 }
    }

    /// Events taken at one time.
    private static let batchSize = 256

    private let descriptor: FileDescriptor
    private var events = unsafe [epoll_event](repeating: epoll_event(), count: batchSize)

    init() throws(SystemError) {
        let number = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard number >= 0 else { throw SystemError("epoll_create1") }
        descriptor = FileDescriptor(owning: number)
    }

    /// It leaves by itself when the descriptor is closed.
    borrowing func add(_ number: Int32, token: UInt64) throws(SystemError) {
        let bits = EPOLLIN.rawValue | EPOLLOUT.rawValue | EPOLLRDHUP.rawValue | EPOLLET.rawValue
        var event = unsafe epoll_event(events: bits, data: epoll_data_t(u64: token))
        guard unsafe epoll_ctl(descriptor.number, EPOLL_CTL_ADD, number, &event) == 0 else {
            throw SystemError("epoll_ctl")
        }
    }

    /// Waits until something happens or the time is over; `timeout` in milliseconds, nil for no end. Returns how
    /// many events there are.
    mutating func wait(timeout: Int64?) -> Int {
        let timeout = timeout.map { Int32(clamping: max(0, $0)) } ?? -1
        let count = unsafe epoll_wait(descriptor.number, &events, Int32(Self.batchSize), timeout)
        // Fails only when a signal interrupts it (epoll_wait(2)): then nothing has happened, and the caller comes back.
        return max(0, Int(count))
    }

    subscript(index: Int) -> Event { unsafe Event(events[index]) }
}
