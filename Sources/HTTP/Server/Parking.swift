/// The connections of one loop that are idle without a task. Belongs to the loop's thread.
final class Parking {
    private var ready: [Connection] = []
    private(set) var count = 0
    /// The acceptors' watches: who starts the tasks is woken by them.
    private var attendants: [Watch] = []

    func attend(with watch: Watch) {
        attendants.append(watch)
    }

    func park(_ connection: Connection, until deadline: Int64) {
        count += 1
        connection.park(until: deadline) { isReady in
            self.count -= 1
            if isReady { self.ready.append(connection) }
            for attendant in self.attendants { attendant.end() }
        }
    }

    var readyCount: Int { ready.count }

    func takeReady() -> Connection? {
        ready.popLast()
    }
}
