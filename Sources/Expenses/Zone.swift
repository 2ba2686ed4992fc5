/// A time zone of the IANA database, as the system's files describe it (RFC 9636).
package struct Zone: Hashable, Sendable {
    /// `Europe/Berlin`
    package let identifier: String
    private let history: ZoneHistory

    /// Where the clock never moves. It needs no file.
    package static let utc = Zone(identifier: "UTC", history: .utc)

    /// The zone of that name; nil where the system has none. Reads its file the first time it is asked for.
    package init?(identifier: String) {
        guard let zone = ZoneDatabase.system.zone(identifier) else { return nil }
        self = zone
    }

    /// The zone that the bytes of a TZif file describe; nil where they are malformed.
    package init?(identifier: String, data: [UInt8]) {
        guard let history = ZoneHistory(data) else { return nil }
        self.init(identifier: identifier, history: history)
    }

    init(identifier: String, history: ZoneHistory) {
        self.identifier = identifier
        self.history = history
    }

    package static func == (left: Zone, right: Zone) -> Bool { left.identifier == right.identifier }

    package func hash(into hasher: inout Hasher) { hasher.combine(identifier) }

    /// Seconds east of Greenwich.
    package func offset(at unixSeconds: Int64) -> Int {
        history.offset(at: ZoneHistory.clamped(unixSeconds))
    }

    /// The calendar day there; an instant outside the range of years gives the range's first or last day.
    package func day(at unixSeconds: Int64) -> Day {
        time(at: unixSeconds).day
    }

    /// What calendar and clock show there.
    package func time(at unixSeconds: Int64) -> LocalTime {
        let instant = ZoneHistory.clamped(unixSeconds)
        let local = instant + Int64(offset(at: instant))
        let days = local >= 0 ? local / 86_400 : (local - 86_399) / 86_400
        let second = Int(local - days * 86_400)
        let day = Day(daysSinceEpoch: Int(days)) ?? (days < 0 ? .first : .last)
        return LocalTime(day: day, hour: second / 3600, minute: second / 60 % 60)
    }
}

extension Zone {
    /// The machine's own zone: the variable `TZ`, else `/etc/localtime`, else UTC. Read once.
    package static let system = ZoneDatabase.system.current()

    /// The names to choose from: the zones people live in, one or more for each country, and UTC; sorted.
    package static let identifiers = ZoneDatabase.system.identifiers()
}
