import Expenses
import SQL

/// Looks for the descriptions used last where many have gone from the owner's list of them, a few at a time: the newest of
/// those that have been looked at are in the list, while other writes note theirs as always.
///
/// The place's `first` is the number of the last one that was looked at, `second` the highest `newest` of those that had no
/// room in the list: what is older is not put there.
struct DescriptionSteps {
    let connection: Connection
    let owner: User.ID

    private var longWrites: LongWriteStore { LongWriteStore(connection: connection) }

    func read() throws -> LongWriteStore.Progress {
        var place = try longWrites.place(of: .readDescriptions, owner: owner)
        let counters = CounterStore(connection: connection)
        return try counters.change(of: owner) { counters in
            var count = 0
            let statement = try connection.statement(
                """
                SELECT id, newest, text FROM descriptions WHERE owner = ? AND id > ? ORDER BY id LIMIT ?
                """, [.id(owner), .integer(place.first), .integer(LongWriteStore.largeBatch)])
            while try statement.step() {
                count += 1
                place.first = try statement.integer(0)
                let entry = LatestDescriptions.Entry(
                    id: place.first, newest: try statement.integer(1), text: try statement.text(2))
                place.second = max(place.second, counters.latest.collect(entry, notBelow: place.second))
            }
            guard count > 0 else { return .end }
            try longWrites.set(place, of: .readDescriptions, owner: owner)
            return .rows(count)
        }
    }
}
