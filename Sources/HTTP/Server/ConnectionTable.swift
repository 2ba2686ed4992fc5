/// The connections of one loop, each at a place of its own, and when each of them is to be called next. Belongs to the
/// loop's thread.
package struct ConnectionTable: ~Copyable {
    /// Names a place and how often it had been given away before, so that a stale event never reaches a new connection.
    struct Token: Hashable {
        fileprivate let place: UInt32
        fileprivate let generation: UInt32

        var bits: UInt64 { UInt64(place) << 32 | UInt64(generation) }

        fileprivate init(place: UInt32, generation: UInt32) {
            self.place = place
            self.generation = generation
        }

        init(bits: UInt64) {
            place = UInt32(truncatingIfNeeded: bits >> 32)
            generation = UInt32(truncatingIfNeeded: bits)
        }
    }

    private struct Slot {
        var connection: Connection?
        var generation: UInt32 = 0
    }

    /// Milliseconds that a connection may be idle whatever the pressure.
    private static let leastIdleTime: Int64 = 50

    private var slots: [Slot] = []
    private var vacant: [UInt32] = []
    private var alarms = TimerQueue()

    var count: Int { slots.count - vacant.count }
    /// Milliseconds of the loop's clock.
    var earliestAlarm: Int64? { alarms.earliest }
    /// How many are to be called at some time.
    var alarmCount: Int { alarms.count }

    var all: [Connection] { slots.compactMap(\.connection) }

    /// Nil for one that has gone.
    subscript(token: Token) -> Connection? {
        guard token.place < slots.count else { return nil }
        let slot = slots[Int(token.place)]
        return slot.generation == token.generation ? slot.connection : nil
    }

    mutating func reserve() -> Token {
        let place = vacant.popLast() ?? UInt32(slots.count)
        if place == slots.count { slots.append(Slot()) }
        return Token(place: place, generation: slots[Int(place)].generation)
    }

    mutating func put(_ connection: Connection, at token: Token) {
        slots[Int(token.place)].connection = connection
    }

    mutating func remove(_ token: Token) {
        guard slots[Int(token.place)].generation == token.generation else { return }
        slots[Int(token.place)].connection = nil
        slots[Int(token.place)].generation &+= 1
        alarms.remove(token.place)
        vacant.append(token.place)
    }

    mutating func setAlarm(_ token: Token, to time: Int64) {
        alarms.set(token.place, to: time)
    }

    /// The next one whose time has come.
    mutating func popAlarm(at now: Int64) -> Connection? {
        alarms.popExpired(at: now).flatMap { slots[Int($0)].connection }
    }

    /// Those that have been idle the longest: a sixteenth of the idle ones, one at least, so that the search for them is
    /// paid once for many. One that has only just become idle may have its next request on the way.
    func oldestIdle(at now: Int64) -> [Connection] {
        var idle: [(since: Int64, connection: Connection)] = []
        for slot in slots {
            guard let connection = slot.connection, let since = connection.idleSince,
                since + Self.leastIdleTime <= now
            else { continue }
            idle.append((since, connection))
        }
        idle.sort { $0.since < $1.since }
        let count = (idle.count + 15) / 16
        return Array(idle.lazy.map(\.connection).filter(\.hasTakenAll).prefix(count))
    }
}
